import type { Errant } from '../errant/errant-record.ts';
import type { RecordOrigin } from '../kafka/record.ts';
import type { KnownJob } from '../ledger/plan.ts';
import { byKey, type Mergeable, merged } from '../rows/merge.ts';
import type { Draft } from '../rows/row.ts';
import type { RowReading } from './delivery-parts.ts';

/** The rows of a prior job that are at hand. */
export interface RowsAtHand {
  readonly rows: readonly Draft[];
  /** Records of the job from which no row can be made any more, by the reason. */
  readonly unreadable: readonly Errant[];
  /** How many rows of the job are of records that are not at hand. */
  readonly absent: number;
  /** Whether all records of the job are at hand, so that nothing else was merged into its rows. */
  readonly isComplete: boolean;
}

/** What the records of the event have become before anybody asked Salesforce. */
export interface ReadRecords {
  readonly drafts: ReadonlyMap<RecordOrigin, Draft>;
  readonly errants: ReadonlyMap<RecordOrigin, Errant>;
}

/** One row of each run; should that be more than the job was sent, one of each key. */
function mergedRows(drafts: readonly Draft[], reading: RowReading, sent: number): Draft[] {
  const groups = byKey(drafts, reading.keyOf, reading.columns);
  const runs = groups.flat();
  if (runs.length <= sent) return runs.map((run) => merged(run, reading.columns));
  return groups.map((group) => merged(group.flat() as unknown as Mergeable, reading.columns));
}

/**
 * The rows here that a job was sent, those first that a later job carries too: nobody can tell equal
 * rows apart, but the ones that were sent again must be among those that this job did not write.
 */
export function rowsAtHand(
  { drafts, errants }: ReadRecords,
  { carried, owned, records, rows: sent }: KnownJob,
  reading: RowReading,
): RowsAtHand {
  const own = new Set(owned);
  const rank = ({ records }: Draft) => Number(records.some((record) => own.has(record)));
  const readable = carried.flatMap((record) => drafts.get(record) ?? []);
  const rows = mergedRows(readable, reading, sent).toSorted((a, b) => rank(a) - rank(b));
  const unreadable = owned.flatMap((record) => errants.get(record) ?? []);
  const absent = Math.max(0, sent - rows.length - unreadable.length);
  return { rows, unreadable, absent, isComplete: carried.length === records };
}
