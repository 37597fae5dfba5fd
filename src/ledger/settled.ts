import type { RecordOrigin } from '../kafka/record.ts';
import { changed } from './change.ts';
import { adjacentRanges, withoutRange } from './offset-ranges.ts';
import {
  type LedgerState,
  type OffsetRange,
  type PartitionState,
  type SettledRange,
  timesOf,
} from './state.ts';

/** How much of what is settled is remembered. Source: docs/DESIGN.md, "The job ledger". */
export const remembered = { flushes: 16, forMs: 24 * 3_600_000, replayedRuns: 10_000 } as const;

/** A settled flush of a replay takes as much of an item as so many ranges, beside its own ranges. */
const runsOfAFlush = 20;

const isInside = (one: SettledRange, other: SettledRange): boolean =>
  one.first >= other.first &&
  one.last <= other.last &&
  one.firstTime >= other.firstTime &&
  one.lastTime <= other.lastTime;

/**
 * Remembers that all records of the event are settled, and drops them from jobs and errants. A job whose
 * records all stand before the event is dropped too: Kafka has gone on without them, since Lambda
 * gave up on their batch or somebody set the group forward. A replay has no order to tell that by.
 */
export function withSettled(
  state: LedgerState,
  event: readonly RecordOrigin[],
  now: number,
): LedgerState {
  return changed(state, event, (known, records) => {
    const offsets = records.map(({ offset }) => offset);
    const first = Math.min(...offsets);
    const last = Math.max(...offsets);
    const settled: OffsetRange[] = known.sparse ? adjacentRanges(offsets) : [[first, last]];
    const unsettled = <T extends { readonly ranges: readonly OffsetRange[] }>(
      noted: readonly T[],
    ): T[] =>
      noted
        .filter(({ ranges }) => known.sparse || (ranges.at(-1)?.[1] ?? -1) >= first)
        .map((one) => ({ ...one, ranges: settled.reduce(withoutRange, one.ranges) }))
        .filter(({ ranges }) => ranges.length > 0);
    const jobs = unsettled(known.jobs);
    const errants = unsettled(known.errants);
    const ranges = known.sparse ? { ranges: settled } : {};
    const range = { first, last, ...ranges, ...timesOf(records), at: now };
    const others = known.settled.filter((one) => known.sparse || !isInside(one, range));
    return { ...known, jobs, errants, settled: recent([...others, range], now) };
  });
}

/** The settled ranges that are still remembered: of replays as many as an item has room for. */
export function recent(settled: PartitionState['settled'], now: number): PartitionState['settled'] {
  const young = settled.filter(({ at }) => now - at < remembered.forMs);
  let room: number = remembered.replayedRuns;
  const hasCapacity = ({ ranges }: SettledRange, behind: number): boolean => {
    if (ranges === undefined) return behind < remembered.flushes;
    room -= ranges.length + runsOfAFlush;
    return room >= 0;
  };
  return young.toReversed().filter(hasCapacity).reverse();
}
