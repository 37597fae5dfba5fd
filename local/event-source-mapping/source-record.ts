/** Who set a record's timestamp: its producer, or the broker when it appended the record. */
export type TimestampType = 'CREATE_TIME' | 'LOG_APPEND_TIME';

/**
 * A record as it lies in a Kafka topic, before anything encodes it.
 *
 * `offset` is whole and below 2^53; `timestamp` is in milliseconds since 1970. A null `key` is a
 * record without a key, a null `value` a tombstone; an empty buffer is neither. `headers` keep
 * their order and may repeat a name; one whose value is null has none.
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

/** A partition's name, as the keys of an event spell it: `contacts-3`. */
export function partitionName({ topic, partition }: TopicPartition): string {
  return `${topic}-${partition}`;
}
