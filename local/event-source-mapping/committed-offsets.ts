import type { Position } from './record-source.ts';
import { partitionName, type TopicPartition } from './source-record.ts';

/** The committed positions of a consumer group. */
export interface CommittedOffsets {
  /** The next offset to deliver of a partition, or null when none was ever committed. */
  next(partition: TopicPartition): number | null;
  /** Replaces the positions of these partitions. */
  commit(positions: readonly Position[]): void;
}

/** Committed positions that last as long as the process. */
export function offsetsInMemory(): CommittedOffsets {
  const committed = new Map<string, number>();
  return {
    next: (partition) => committed.get(partitionName(partition)) ?? null,
    commit(positions) {
      for (const position of positions) committed.set(partitionName(position), position.offset);
    },
  };
}
