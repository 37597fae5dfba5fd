import type { RecordOrigin } from '../kafka/record.ts';
import { adjacentRanges, carriesRecord, rangesAmong } from './offset-ranges.ts';
import {
  type Entry,
  emptyPartition,
  type LedgerState,
  type OffsetRange,
  type PartitionState,
  partitionFinder,
  partitionKey,
  timesOf,
} from './state.ts';

/** Records by the partition that they are in. */
export function byPartition(records: readonly RecordOrigin[]): Map<string, RecordOrigin[]> {
  let last: Pick<RecordOrigin, 'topic' | 'partition'> | null = null;
  let key = '';
  // Most records of an event follow one of their partition: a key for each would cost the most.
  return Map.groupBy(records, (record) => {
    if (last?.partition !== record.partition || last.topic !== record.topic) {
      last = record;
      key = partitionKey(record);
    }
    return key;
  });
}

/** The records of which a list of their partition's state knows nothing yet. */
export const unknownTo = (
  state: LedgerState,
  list: 'errants' | 'deleted',
  records: readonly RecordOrigin[],
): RecordOrigin[] => {
  const partitionOf = partitionFinder(state);
  return records.filter((record) => {
    return !partitionOf(record)[list].some((one) => carriesRecord(one, record));
  });
};

/** Applies a change to the state of each partition of `records`. */
export function updatePartitions(
  state: LedgerState,
  records: readonly RecordOrigin[],
  change: (known: PartitionState, records: readonly RecordOrigin[]) => PartitionState,
): LedgerState {
  const next = new Map(state);
  for (const [key, those] of byPartition(records)) {
    const { topic, partition } = those[0] as RecordOrigin;
    next.set(key, change(state.get(key) ?? emptyPartition(topic, partition), those));
  }
  return next;
}

/** The most entries that the records of one list become, and the least time between two entries. */
const maxEntries = 8;
const apartMs = 1_000;

/**
 * Divides records into those of one entry each, as an entry has a single time range. A replay may hold records
 * of a topic and of its successor of the same name, whose offsets begin again: a range over the times
 * of both would also have the successor's record of an old offset. Records are divided where
 * offsets fall in the course of time, then where the most time lies between two of them.
 */
export function dividedByTime(
  { sparse }: PartitionState,
  records: readonly RecordOrigin[],
): readonly (readonly RecordOrigin[])[] {
  if (!sparse) return [records];
  const inTime = records.toSorted((one, other) => one.timestamp - other.timestamp);
  const cuts = inTime.flatMap((record, index) => {
    const before = inTime[index - 1] ?? record;
    const gapMs = record.timestamp - before.timestamp;
    return gapMs < apartMs ? [] : [{ index, gapMs, falls: record.offset <= before.offset }];
  });
  const starts = cuts
    .toSorted((one, other) => Number(other.falls) - Number(one.falls) || other.gapMs - one.gapMs)
    .slice(0, maxEntries - 1)
    .map(({ index }) => index)
    .toSorted((one, other) => one - other);
  return [0, ...starts].map((start, index) => inTime.slice(start, starts[index]));
}

/** The offset ranges of chosen records: among those of the event, or exact in a sparse partition. */
export function rangesOf(
  { sparse }: PartitionState,
  chosen: readonly RecordOrigin[],
  event: readonly RecordOrigin[],
): OffsetRange[] {
  const offsets = chosen.map(({ offset }) => offset);
  if (sparse) return adjacentRanges(offsets);
  const all = event.map(({ offset }) => offset);
  if (all.length === offsets.length) return [[Math.min(...all), Math.max(...all)]];
  return rangesAmong(all, new Set(offsets));
}

/** The entries that chosen records of a partition become; `event` has all its records of the event. */
export const entriesOf = (
  known: PartitionState,
  chosen: readonly RecordOrigin[],
  event: readonly RecordOrigin[],
): Entry[] =>
  dividedByTime(known, chosen).map((records) => ({
    ranges: rangesOf(known, records, event),
    ...timesOf(records),
  }));
