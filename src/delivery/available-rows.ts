import type { ErrantRecord } from '../kafka/errant-record.ts';
import type { RecordOrigin } from '../kafka/record.ts';
import type { InFlightJob } from '../ledger/jobs-in-flight.ts';
import { groupByKey, type Mergeable, mergeRows } from '../rows/merge.ts';
import type { Row } from '../rows/row.ts';
import type { RowRules } from './context.ts';

/** The rows of a prior job whose records are in this event. */
export interface AvailableRows {
  readonly rows: readonly Row[];
  /** Records of the job that can no longer be turned into rows, with the reason. */
  readonly unreadable: readonly ErrantRecord[];
  /** Number of rows of the job whose records are not in this event. */
  readonly absent: number;
  /** Whether all records of the job are in this event. */
  readonly isComplete: boolean;
}

/** The decoded records of the event: each has a row or is errant. */
export interface DecodedEvent {
  readonly rows: ReadonlyMap<RecordOrigin, Row>;
  readonly errants: ReadonlyMap<RecordOrigin, ErrantRecord>;
}

/** Merges rows as the job did: one row for each run, or for each key if the job had fewer rows. */
function mergedRows(rows: readonly Row[], rowRules: RowRules, sent: number): Row[] {
  const groups = groupByKey(rows, rowRules.keyOf, rowRules.columns);
  const runs = groups.flat();
  if (runs.length <= sent) return runs.map((run) => mergeRows(run, rowRules.columns));
  return groups.map((group) => mergeRows(group.flat() as unknown as Mergeable, rowRules.columns));
}

/**
 * The rows of a job whose records are in this event. Rows that a later job carries too come first:
 * equal rows cannot be distinguished in results, but those that were sent again must be among the
 * rows that this job did not write.
 */
export function availableRows(
  { rows: rowOf, errants }: DecodedEvent,
  { carried, owned, records, rows: sent }: InFlightJob,
  rowRules: RowRules,
): AvailableRows {
  const own = new Set(owned);
  const rank = ({ records }: Row) => Number(records.some((record) => own.has(record)));
  const readable = carried.flatMap((record) => rowOf.get(record) ?? []);
  const rows = mergedRows(readable, rowRules, sent).toSorted((a, b) => rank(a) - rank(b));
  const unreadable = owned.flatMap((record) => errants.get(record) ?? []);
  const absent = Math.max(0, sent - rows.length - unreadable.length);
  return { rows, unreadable, absent, isComplete: carried.length === records };
}
