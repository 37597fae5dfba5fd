import { partitionName, type SourceRecord, type TimestampType } from './source-record.ts';

/** The event source mapping of an event, which decides its first fields. */
export type EventOrigin =
  | { eventSource: 'aws:kafka'; eventSourceArn: string; bootstrapServers: string }
  | { eventSource: 'SelfManagedKafka'; bootstrapServers: string };

/**
 * A record in an event: base64 key and value, absent when null; header bytes are -128 to 127, and a
 * header without a value is `{}`.
 */
export interface EventRecord {
  topic: string;
  partition: number;
  offset: number;
  timestamp: number;
  timestampType: TimestampType;
  key?: string;
  value?: string;
  headers: Record<string, number[]>[];
}

/** The event of a Kafka event source mapping; `records` is keyed `topic-partition`. */
export type KafkaEvent = EventOrigin & { records: Record<string, EventRecord[]> };

/**
 * The event that AWS Lambda passes to a function for `records`.
 *
 * Source: AWS Lambda developer guide, with-msk and with-kafka. Signed header bytes and the absent
 * `value` of a tombstone are not in the guide; both were observed on AWS. So was `{}`
 * (Nike-Inc/hal#144).
 */
export function kafkaEvent(origin: EventOrigin, records: Iterable<SourceRecord>): KafkaEvent {
  const grouped: Record<string, EventRecord[]> = {};
  for (const record of records) {
    const name = partitionName(record);
    const group = grouped[name] ?? [];
    group.push(eventRecord(record));
    grouped[name] = group;
  }
  return { ...origin, records: grouped };
}

/** A record as an event holds it. */
export function eventRecord(record: SourceRecord): EventRecord {
  const { topic, partition, offset, timestamp, timestampType, key, value, headers } = record;
  return {
    topic,
    partition,
    offset,
    timestamp,
    timestampType,
    ...(key === null ? {} : { key: key.toString('base64') }),
    ...(value === null ? {} : { value: value.toString('base64') }),
    headers: headers.map(([name, bytes]) => (bytes === null ? {} : { [name]: signedBytes(bytes) })),
  };
}

function signedBytes(bytes: Buffer): number[] {
  return [...new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length)];
}
