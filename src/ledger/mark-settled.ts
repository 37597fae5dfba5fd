import type { RecordOrigin } from '../kafka/record.ts';
import { adjacentRanges, carriesRecord, withoutRanges } from './offset-ranges.ts';
import {
  type Entry,
  type LedgerState,
  type OffsetRange,
  type PartitionState,
  type SettledRange,
  timesOf,
} from './state.ts';
import { dividedByTime, updatePartitions } from './update.ts';

/** How many settled flushes are kept, and for how long. Source: docs/DESIGN.md, "The job ledger". */
export const retention = { flushes: 16, forMs: 24 * 3_600_000, replayedRanges: 10_000 } as const;

/** Size of a settled replay flush in an item, in ranges, without its own ranges. */
const rangesOfAFlush = 20;

const isInside = (one: SettledRange, other: SettledRange): boolean =>
  one.first >= other.first &&
  one.last <= other.last &&
  one.firstTime >= other.firstTime &&
  one.lastTime <= other.lastTime;

const exactRanges = (records: readonly RecordOrigin[]): OffsetRange[] =>
  adjacentRanges(records.map(({ offset }) => offset));

function settledRange(
  { sparse }: PartitionState,
  records: readonly RecordOrigin[],
  at: number,
): SettledRange {
  const offsets = records.map(({ offset }) => offset);
  const ends = { first: Math.min(...offsets), last: Math.max(...offsets) };
  return { ...ends, ...(sparse && { ranges: exactRanges(records) }), ...timesOf(records), at };
}

/**
 * Marks all records of the event as settled, and removes them from jobs, errants and deletes. A job whose
 * records all precede the event is removed too: the group has moved past them, because Lambda dropped
 * their batch or an operator moved the group forward. Replays have no order, so their jobs stay.
 */
export function markSettled(
  state: LedgerState,
  event: readonly RecordOrigin[],
  now: number,
): LedgerState {
  return updatePartitions(state, event, (known, records) => {
    const offsets = records.map(({ offset }) => offset);
    const first = Math.min(...offsets);
    const last = Math.max(...offsets);
    const settledOf = (entry: Entry): readonly OffsetRange[] =>
      known.sparse
        ? exactRanges(records.filter((one) => carriesRecord(entry, one)))
        : [[first, last]];
    const unsettled = <T extends Entry>(entries: readonly T[]): T[] =>
      entries
        .filter(({ ranges }) => known.sparse || (ranges.at(-1)?.[1] ?? -1) >= first)
        .map((one) => ({ ...one, ranges: withoutRanges(one.ranges, settledOf(one)) }))
        .filter(({ ranges }) => ranges.length > 0);
    const jobs = unsettled(known.jobs);
    const errants = unsettled(known.errants);
    const deleted = unsettled(known.deleted);
    const settled = dividedByTime(known, records).map((some) => settledRange(known, some, now));
    const others = known.settled.filter(
      (one) => known.sparse || !settled.every((range) => isInside(one, range)),
    );
    return { ...known, jobs, errants, deleted, settled: unexpired([...others, ...settled], now) };
  });
}

/** The settled ranges that are kept; of replays as many as fit into an item. */
export function unexpired(
  settled: PartitionState['settled'],
  now: number,
): PartitionState['settled'] {
  const young = settled.filter(({ at }) => now - at < retention.forMs);
  let room: number = retention.replayedRanges;
  const hasCapacity = ({ ranges }: SettledRange, behind: number): boolean => {
    if (ranges === undefined) return behind < retention.flushes;
    room -= ranges.length + rangesOfAFlush;
    return room >= 0;
  };
  return young.toReversed().filter(hasCapacity).reverse();
}
