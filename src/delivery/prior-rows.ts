import type { ErrantRecord } from '../kafka/errant-record.ts';
import type { RecordOrigin } from '../kafka/record.ts';
import type { KnownJob } from '../ledger/plan.ts';
import { groupByKey, type Mergeable, mergeRows } from '../rows/merge.ts';
import type { Row } from '../rows/row.ts';
import type { RowRules } from './delivery-parts.ts';

/** The rows of a prior job that are at hand. */
export interface RowsAtHand {
  readonly rows: readonly Row[];
  /** Records of the job from which no row can be made any more, by the reason. */
  readonly unreadable: readonly ErrantRecord[];
  /** How many rows of the job are of records that are not at hand. */
  readonly absent: number;
  /** Whether all records of the job are at hand, so that nothing else was merged into its rows. */
  readonly isComplete: boolean;
}

/** What the records of the event have become before anybody asked Salesforce. */
export interface ReadRecords {
  readonly rows: ReadonlyMap<RecordOrigin, Row>;
  readonly errants: ReadonlyMap<RecordOrigin, ErrantRecord>;
}

/** One row of each run; should that be more than the job was sent, one of each key. */
function mergedRows(rows: readonly Row[], rowRules: RowRules, sent: number): Row[] {
  const groups = groupByKey(rows, rowRules.keyOf, rowRules.columns);
  const runs = groups.flat();
  if (runs.length <= sent) return runs.map((run) => mergeRows(run, rowRules.columns));
  return groups.map((group) => mergeRows(group.flat() as unknown as Mergeable, rowRules.columns));
}

/**
 * The rows here that a job was sent, those first that a later job carries too: nobody can tell equal
 * rows apart, but the ones that were sent again must be among those that this job did not write.
 */
export function rowsAtHand(
  { rows: rowOf, errants }: ReadRecords,
  { carried, owned, records, rows: sent }: KnownJob,
  rowRules: RowRules,
): RowsAtHand {
  const own = new Set(owned);
  const rank = ({ records }: Row) => Number(records.some((record) => own.has(record)));
  const readable = carried.flatMap((record) => rowOf.get(record) ?? []);
  const rows = mergedRows(readable, rowRules, sent).toSorted((a, b) => rank(a) - rank(b));
  const unreadable = owned.flatMap((record) => errants.get(record) ?? []);
  const absent = Math.max(0, sent - rows.length - unreadable.length);
  return { rows, unreadable, absent, isComplete: carried.length === records };
}
