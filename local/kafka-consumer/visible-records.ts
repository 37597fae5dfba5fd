import type { Consumer, RecordsBatch } from '@platformatic/kafka';
import type { SourceRecord, TopicPartition } from '../event-source-mapping/source-record.ts';

/** The response to a fetch. */
export type FetchResponse = Awaited<ReturnType<Consumer['fetch']>>;

/** The part of a response for one partition. */
export type FetchedPartition = FetchResponse['responses'][number]['partitions'][number];

/** The records to deliver, and the offset to fetch after them. */
export interface Fetched {
  records: SourceRecord[];
  next: number;
}

// The bits of a batch's attributes (Kafka protocol guide, record batch).
const logAppendTime = 1 << 3;
const transactional = 1 << 4;
const control = 1 << 5;

/** The type in the key of a control record that aborts a transaction. */
const abort = 0;

/**
 * The records from offset `from` that a consumer with `read_committed` sees.
 *
 * Left out are records before `from`, which a compressed batch includes, the markers that end
 * transactions, and the records of aborted transactions: the broker lists those transactions and
 * leaves the filtering to the consumer. The client's own filter lets records through when an abort
 * is after the end of the fetch, or when a producer has aborted twice.
 */
export function visibleRecords(
  place: TopicPartition,
  from: number,
  { records: batches, abortedTransactions }: FetchedPartition,
): Fetched {
  const fetched: Fetched = { records: [], next: from };
  const aborted = new AbortedProducers(abortedTransactions ?? []);
  for (const batch of batches ?? []) {
    fetched.next = Math.max(fetched.next, Number(batch.firstOffset) + batch.lastOffsetDelta + 1);
    if (aborted.hides(batch)) continue;
    for (const record of sourceRecords(place, batch)) {
      if (record.offset >= from) fetched.records.push(record);
    }
  }
  return fetched;
}

/** Tracks which producers are in a transaction that they will abort, batch by batch. */
class AbortedProducers {
  readonly #upcoming: { producerId: bigint; firstOffset: bigint }[];
  readonly #now = new Set<bigint>();

  constructor(transactions: NonNullable<FetchedPartition['abortedTransactions']>) {
    this.#upcoming = transactions.toSorted((one, other) =>
      Number(one.firstOffset - other.firstOffset),
    );
  }

  /**
   * Whether the batch has no visible records. Batches must be passed in the order of their offsets.
   */
  hides(batch: RecordsBatch): boolean {
    const lastOffset = batch.firstOffset + BigInt(batch.lastOffsetDelta);
    for (let first = this.#upcoming[0]; first !== undefined && first.firstOffset <= lastOffset; ) {
      this.#now.add(first.producerId);
      this.#upcoming.shift();
      first = this.#upcoming[0];
    }
    if ((batch.attributes & control) !== 0) {
      if (batch.records[0]?.key?.readInt16BE(2) === abort) this.#now.delete(batch.producerId);
      return true;
    }
    return (batch.attributes & transactional) !== 0 && this.#now.has(batch.producerId);
  }
}

function sourceRecords({ topic, partition }: TopicPartition, batch: RecordsBatch): SourceRecord[] {
  const appended = (batch.attributes & logAppendTime) !== 0;
  return batch.records.map((record) => ({
    topic,
    partition,
    offset: Number(batch.firstOffset) + record.offsetDelta,
    timestamp: Number(appended ? batch.maxTimestamp : batch.firstTimestamp + record.timestampDelta),
    timestampType: appended ? 'LOG_APPEND_TIME' : 'CREATE_TIME',
    key: record.key,
    value: record.value,
    headers: record.headers.map(([name, value]) => [name?.toString() ?? '', value]),
  }));
}
