import { partitionName, type SourceRecord, type TopicPartition } from './source-record.ts';

/** The next offset to read of one partition, as Kafka keeps a committed offset. */
export type Position = TopicPartition & { offset: number };

/** Where a source puts the records that it reads. */
export interface RecordBuffer {
  /** Whether more of this partition is wanted. A source may still put what it has read. */
  hasCapacity(partition: TopicPartition): boolean;
  /** Adds the next record of its partition. */
  put(record: SourceRecord): void;
  /** Drops these partitions, which another member reads now. */
  drop(partitions: readonly TopicPartition[]): void;
  /** Resolves at the next change, for example of the capacity. */
  changed(): Promise<void>;
}

/**
 * The records that one member of a consumer group reads: a list in memory, or topics of a cluster.
 */
export interface RecordSource {
  /**
   * Reads the records after the committed positions, each partition in offset order.
   *
   * Resolves when the source has ended or `signal` aborts; rejects when it cannot be read. A second
   * read starts at the committed positions.
   */
  read(buffer: RecordBuffer, signal: AbortSignal): Promise<void>;
  /**
   * Commits positions; resolves with those that were committed.
   *
   * `pending` is called before each try, since partitions may be revoked between tries. A failed
   * try is retried; after `signal` aborts it rejects.
   */
  commit(pending: () => readonly Position[], signal: AbortSignal): Promise<readonly Position[]>;
  /** Releases what the source holds, such as its group membership; called once, at the end. */
  close(): Promise<void>;
}

/** The positions after `records`: one per partition, one past its greatest offset. */
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
