import { partitionName, type SourceRecord, type TopicPartition } from './source-record.ts';

/** The next offset to read of one partition, which is what Kafka keeps as a committed offset. */
export type Position = TopicPartition & { offset: number };

/** Where a source puts what it reads; the event source's own backlog is one. */
export interface Intake {
  /** Whether more of this partition is wanted now. A source may put what it has read anyway. */
  hasCapacity(partition: TopicPartition): boolean;
  /** Takes the next record of its partition. */
  put(record: SourceRecord): void;
  /** Forgets these partitions: somebody else reads them now. */
  drop(partitions: readonly TopicPartition[]): void;
  /** Resolves when something has changed since the call, such as the room. */
  changed(): Promise<void>;
}

/**
 * Where records come from: what one member of a consumer group sees.
 *
 * A file, an array in memory and a consumer of a real cluster all fit.
 */
export interface RecordSource {
  /**
   * Reads the records after the committed positions, each partition in the order of its offsets.
   *
   * Resolves when nothing can come any more or when `signal` aborts; rejects when the source cannot
   * be read at all. Reading again begins at the committed positions again.
   */
  read(intake: Intake, signal: AbortSignal): Promise<void>;
  /**
   * Remembers how far partitions have been delivered; resolves with what was remembered.
   *
   * `pending` is asked right before each try, for partitions may be dropped while a try waits. What
   * a try cannot do is tried again, but after `signal` has aborted it rejects instead.
   */
  commit(pending: () => readonly Position[], signal: AbortSignal): Promise<readonly Position[]>;
  /** Gives back what the source holds, such as its membership in a group; called once, at the end. */
  close(): Promise<void>;
}

/** The positions right after `records`: one for each partition, one past its greatest offset. */
export function positionsAfter(records: Iterable<SourceRecord>): Position[] {
  const positions = new Map<string, Position>();
  for (const record of records) {
    const { topic, partition, offset } = record;
    const name = partitionName(record);
    const known = positions.get(name);
    if (known === undefined || offset >= known.offset) {
      positions.set(name, { topic, partition, offset: offset + 1 });
    }
  }
  return [...positions.values()];
}
