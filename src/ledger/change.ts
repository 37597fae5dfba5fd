import type { RecordOrigin } from '../kafka/record.ts';
import { closeRunsOf, runsOf } from './offset-ranges.ts';
import { type Memory, nothingOf, type PartitionMemory, partitionKey, type Run } from './state.ts';

/** Records by the partition that they are in. */
export const byPartition = (records: readonly RecordOrigin[]): Map<string, RecordOrigin[]> =>
  Map.groupBy(records, partitionKey);

/** Changes what is remembered of the partitions of `records`. */
export function changed(
  memory: Memory,
  records: readonly RecordOrigin[],
  change: (known: PartitionMemory, records: readonly RecordOrigin[]) => PartitionMemory,
): Memory {
  const next = new Map(memory);
  for (const [key, those] of byPartition(records)) {
    const { topic, partition } = those[0] as RecordOrigin;
    next.set(key, change(memory.get(key) ?? nothingOf(topic, partition), those));
  }
  return next;
}

/** The runs that some records form among those of the event, or by themselves in a sparse partition. */
export function runsIn(
  { sparse }: PartitionMemory,
  chosen: readonly RecordOrigin[],
  event: readonly RecordOrigin[],
): Run[] {
  const offsets = chosen.map(({ offset }) => offset);
  if (sparse) return closeRunsOf(offsets);
  return runsOf(
    event.map(({ offset }) => offset),
    new Set(offsets),
  );
}
