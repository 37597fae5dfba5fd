/**
 * Which clock set a record's timestamp: the producer's, or the broker's when it appended the
 * record.
 */
export type TimestampType = 'CREATE_TIME' | 'LOG_APPEND_TIME';

/**
 * A record of a Kafka topic, before it is encoded.
 *
 * `offset` is whole and below 2^53; `timestamp` is in milliseconds since 1970. A null `key` is a
 * record without a key, a null `value` a tombstone; an empty buffer is neither. `headers` keep
 * their order and may repeat a name; a header value may be null.
 */
export interface SourceRecord {
  topic: string;
  partition: number;
  offset: number;
  timestamp: number;
  timestampType: TimestampType;
  key: Buffer | null;
  value: Buffer | null;
  headers: readonly (readonly [name: string, value: Buffer | null])[];
}

/** A partition of a topic. */
export interface TopicPartition {
  topic: string;
  partition: number;
}

/** A partition's name, as in the keys of an event: `contacts-3`. */
export function partitionName({ topic, partition }: TopicPartition): string {
  return `${topic}-${partition}`;
}
