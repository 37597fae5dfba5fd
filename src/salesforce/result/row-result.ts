import type { Comparison } from '../../csv/comparable.ts';
import type { KeyText } from '../../rows/key.ts';
import type { EndedJob } from '../job/job-info.ts';
import type { RowError } from './row-error.ts';

/** What Salesforce did with one row of a job. */
export type RowResult =
  | { readonly kind: 'written' }
  | { readonly kind: 'failed'; readonly error: RowError }
  | { readonly kind: 'unprocessed' };

/** The non-empty cells of a row: `cells[i]` is in column `columns[i]`. */
export interface SparseRow {
  readonly columns: readonly number[];
  readonly cells: readonly string[];
}

/** The available rows of a job, and how to find them in its results. */
export interface SentRows {
  /** All rows of the job, or some of them after a redelivery in other batches. */
  readonly rows: readonly SparseRow[];
  /** The name of a column, and how Salesforce compares its values. */
  readonly column: (column: number) => {
    readonly name: string;
    readonly comparison: Comparison;
  };
  /** The column that identifies a row; null: the whole row does. */
  readonly key: { readonly name: string; readonly text: KeyText } | null;
}

/** An ended job and its available rows. */
export interface JobRows extends SentRows {
  readonly job: EndedJob;
  /** Number of rows of the job. */
  readonly sent: number;
}

/** A rejected row of the results that matches no available row. */
export interface UnmatchedRow {
  readonly header: readonly string[];
  readonly row: SparseRow;
  readonly error: RowError;
}

/** What Salesforce did with the rows of a job. */
export interface JobResults {
  /** `results[i]` is the result of row `i`. */
  readonly results: readonly RowResult[];
  /** Rejected rows that match no available row; usually their records are not in this event. */
  readonly unmatched: readonly UnmatchedRow[];
  /** Number of unprocessed rows, in the files or in none, that match no available row. */
  readonly unmatchedUnprocessed: number;
}
