import type { Comparison } from '../cells/comparable.ts';
import type { Config } from '../config/config.ts';
import type { Errant } from '../errant/errant-record.ts';
import type { RecordOrigin } from '../kafka/record.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Memory } from '../ledger/state.ts';
import type { Columns } from '../rows/columns.ts';
import type { KeyOf, KeyText } from '../rows/key.ts';
import type { Draft } from '../rows/row.ts';
import type { Log } from '../runtime/log.ts';
import type { Edges } from '../runtime/runtime.ts';
import type { TimeBudget } from '../salesforce/job/time-budget.ts';
import type { Org } from '../salesforce/org.ts';
import type { RowError } from '../salesforce/result/row-error.ts';
import type { SentRows, UnmatchedRow } from '../salesforce/result/row-result.ts';

/** What a flush delivers its rows with. */
export interface DeliveryParts {
  readonly config: Config;
  readonly edges: Edges;
  readonly log: Log;
  readonly org: Org;
  readonly ledger: Ledger;
  readonly time: TimeBudget;
}

/** How rows are read: what their columns are called, and what tells rows apart. */
export interface RowReading {
  readonly columns: Columns;
  /** How Salesforce compares the values of a column, by its name. */
  readonly comparisonOf: (name: string) => Comparison;
  /** By what rows are merged. */
  readonly keyOf: KeyOf;
  /** By what results are matched to rows; null: by all their cells. */
  readonly key: { readonly name: string; readonly text: KeyText } | null;
  /** Whether an error says that a row is already as its record wants it. */
  readonly isDone: (error: RowError) => boolean;
}

/** What is needed to recognize rows in the results of a job. */
export const sentRows = (
  { columns, comparisonOf, key }: RowReading,
  rows: SentRows['rows'],
): SentRows => ({
  ...{ rows, key },
  column: (column) => {
    const name = columns.name(column);
    return { name, comparison: comparisonOf(name) };
  },
});

/** What has become of the rows so far, and what the ledger knows of them. */
export interface Delivered {
  readonly memory: Memory;
  readonly errants: readonly Errant[];
  /** Refused rows that belong to none of the records, each with the job that it was in. */
  readonly strays: readonly (UnmatchedRow & { readonly jobId: string })[];
}

/** What is to be sent in this delivery. */
export interface ToDeliver {
  /** Rows of one record each, in the order of the event. */
  readonly drafts: readonly Draft[];
  readonly reading: RowReading;
  /** All records of the event. */
  readonly event: readonly RecordOrigin[];
  readonly memory: Memory;
  /** Records that are errant already: they are noted before anything is sent. */
  readonly errants: readonly Errant[];
  /** Records whose row failed in passing in a job of an earlier delivery. */
  readonly retried: ReadonlySet<RecordOrigin>;
}
