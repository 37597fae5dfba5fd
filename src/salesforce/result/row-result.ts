import type { Comparison } from '../../csv/comparable.ts';
import type { KeyText } from '../../rows/key.ts';
import type { EndedJob } from '../job/follow.ts';
import type { RowError } from './row-error.ts';

/** What Salesforce did with one row of a job. */
export type RowResult =
  | { readonly kind: 'written' }
  | { readonly kind: 'failed'; readonly error: RowError }
  | { readonly kind: 'unprocessed' };

/** The filled cells of a row: `cells[i]` is in column `columns[i]`. */
export interface SparseRow {
  readonly columns: readonly number[];
  readonly cells: readonly string[];
}

/** The rows of a job that are at hand, and how to recognize them in its results. */
export interface SentRows {
  /** All of the job's rows, or, after a redelivery that was cut differently, some of them. */
  readonly rows: readonly SparseRow[];
  /** What a column is called, and how Salesforce compares its values. */
  readonly column: (column: number) => {
    readonly name: string;
    readonly comparison: Comparison;
  };
  /** The column that tells rows apart; null: the whole row must be the same. */
  readonly key: { readonly name: string; readonly text: KeyText } | null;
}

/** A job that has ended, and those of its rows that are at hand. */
export interface JobRows extends SentRows {
  readonly job: EndedJob;
  /** How many rows the job was sent in all. */
  readonly sent: number;
}

/** A row that Salesforce refused and that is none of those at hand, as it is in the results. */
export interface UnmatchedRow {
  readonly header: readonly string[];
  readonly row: SparseRow;
  readonly error: RowError;
}

/** What Salesforce did with the rows of a job. */
export interface JobResults {
  /** `results[i]` is that of row `i`. */
  readonly results: readonly RowResult[];
  /** Refused rows that match none at hand: of records that are not at hand, as a rule. */
  readonly unmatched: readonly UnmatchedRow[];
  /** How many rows nobody attempted, in the files or in none of them, and that match none at hand. */
  readonly unmatchedUnprocessed: number;
}
