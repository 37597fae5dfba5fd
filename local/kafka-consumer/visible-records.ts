import type { Consumer, RecordsBatch } from '@platformatic/kafka';
import type { SourceRecord, TopicPartition } from '../event-source-mapping/source-record.ts';

/** What a broker answers to a fetch. */
export type FetchResponse = Awaited<ReturnType<Consumer['fetch']>>;

/** What one fetch has brought of one partition. */
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

/** The type in a control record's key that ends a transaction without its records. */
const abort = 0;

/**
 * The records from offset `from` that a reader of committed data sees.
 *
 * Left out are records before `from`, which a compressed batch brings along, the markers that end
 * transactions, and the records of aborted transactions: the broker lists those transactions, and
 * leaves it to the reader to skip their records. The client has a filter too, but it lets records
 * through when an abort lies beyond the end of the fetch, or when a producer has aborted twice.
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

/** Which producers are inside a transaction that they will abort, as the batches go by. */
class AbortedProducers {
  readonly #upcoming: { producerId: bigint; firstOffset: bigint }[];
  readonly #now = new Set<bigint>();

  constructor(transactions: NonNullable<FetchedPartition['abortedTransactions']>) {
    this.#upcoming = transactions.toSorted((one, other) =>
      Number(one.firstOffset - other.firstOffset),
    );
  }

  /** Whether the batch, which comes after all that were asked about before, shows nothing. */
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
