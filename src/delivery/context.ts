import type { Config } from '../config/config.ts';
import type { Columns } from '../csv/columns.ts';
import type { Comparison } from '../csv/comparable.ts';
import type { ErrantRecord } from '../kafka/errant-record.ts';
import type { RecordOrigin } from '../kafka/record.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { LedgerState } from '../ledger/state.ts';
import type { KeyOf, KeyText } from '../rows/key.ts';
import type { Row } from '../rows/row.ts';
import type { Log } from '../runtime/log.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { TimeBudget } from '../salesforce/job/time-budget.ts';
import type { Lookup } from '../salesforce/lookup/find-rows.ts';
import type { Org } from '../salesforce/org.ts';
import type { RowError } from '../salesforce/result/row-error.ts';
import type { SentRows, UnmatchedRow } from '../salesforce/result/row-result.ts';

/** Dependencies of the delivery. */
export interface DeliveryContext {
  readonly config: Config;
  readonly runtime: Runtime;
  readonly log: Log;
  readonly org: Org;
  readonly ledger: Ledger;
  readonly time: TimeBudget;
}

/** How rows are compared and keyed. */
export interface RowRules {
  readonly columns: Columns;
  /** How Salesforce compares the values of a column, by column name. */
  readonly comparisonOf: (name: string) => Comparison;
  /** The key by which rows are merged. */
  readonly keyOf: KeyOf;
  /** The key by which results are matched to rows; null: by all cells. */
  readonly key: { readonly name: string; readonly text: KeyText } | null;
  /** Whether an error means that the row is already as its record wants it. */
  readonly isDone: (error: RowError) => boolean;
  /** The field that identifies rows to delete; null: the key is their id. */
  readonly deletedBy: Omit<Lookup, 'object'> | null;
}

/** Rows with what is needed to find them in the results of a job. */
export const sentRows = (
  { columns, comparisonOf, key }: RowRules,
  rows: SentRows['rows'],
): SentRows => ({
  rows,
  key,
  column: (column) => {
    const name = columns.name(column);
    return { name, comparison: comparisonOf(name) };
  },
});

/** The outcome of the rows so far, and the ledger state. */
export interface Delivered {
  readonly state: LedgerState;
  readonly errants: readonly ErrantRecord[];
  /** Rejected rows that belong to no record of the event, each with its job. */
  readonly unmatched: readonly (UnmatchedRow & { readonly jobId: string })[];
}

/** The input of a delivery. */
export interface ToDeliver {
  /** Rows of one record each, in the order of the event. */
  readonly rows: readonly Row[];
  readonly rowRules: RowRules;
  /** All records of the event. */
  readonly event: readonly RecordOrigin[];
  readonly state: LedgerState;
  /** Records that are errant already; the ledger stores them before anything is sent. */
  readonly errants: readonly ErrantRecord[];
  /** Records whose row failed with a transient error in a job of an earlier delivery. */
  readonly retried: ReadonlySet<RecordOrigin>;
}
