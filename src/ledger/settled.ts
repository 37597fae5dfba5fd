import type { RecordOrigin } from '../kafka/record.ts';
import { changed } from './change.ts';
import { closeRunsOf, withoutRange } from './offset-ranges.ts';
import {
  type Memory,
  type PartitionMemory,
  type Run,
  type SettledRange,
  timesOf,
} from './state.ts';

/** How much of what is settled is remembered. Source: docs/DESIGN.md, "The job ledger". */
export const remembered = { flushes: 16, forMs: 24 * 3_600_000, replayedRuns: 10_000 } as const;

/** A settled flush of a replay takes as much of an item as so many runs, beside its own runs. */
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
export function withSettled(memory: Memory, event: readonly RecordOrigin[], now: number): Memory {
  return changed(memory, event, (known, records) => {
    const offsets = records.map(({ offset }) => offset);
    const first = Math.min(...offsets);
    const last = Math.max(...offsets);
    const settled: Run[] = known.sparse ? closeRunsOf(offsets) : [[first, last]];
    const unsettled = <T extends { readonly runs: readonly Run[] }>(noted: readonly T[]): T[] =>
      noted
        .filter(({ runs }) => known.sparse || (runs.at(-1)?.[1] ?? -1) >= first)
        .map((one) => ({ ...one, runs: settled.reduce(withoutRange, one.runs) }))
        .filter(({ runs }) => runs.length > 0);
    const jobs = unsettled(known.jobs);
    const errants = unsettled(known.errants);
    const runs = known.sparse ? { runs: settled } : {};
    const range = { first, last, ...runs, ...timesOf(records), at: now };
    const others = known.settled.filter((one) => known.sparse || !isInside(one, range));
    return { ...known, jobs, errants, settled: recent([...others, range], now) };
  });
}

/** The settled ranges that are still remembered: of replays as many as an item has room for. */
export function recent(
  settled: PartitionMemory['settled'],
  now: number,
): PartitionMemory['settled'] {
  const young = settled.filter(({ at }) => now - at < remembered.forMs);
  let room: number = remembered.replayedRuns;
  const hasRoom = ({ runs }: SettledRange, behind: number): boolean => {
    if (runs === undefined) return behind < remembered.flushes;
    room -= runs.length + runsOfAFlush;
    return room >= 0;
  };
  return young.toReversed().filter(hasRoom).reverse();
}
