import type { Coordinates } from './coordinates.ts';

/** A record's coordinates and its timestamp, in milliseconds since 1970. */
export interface RecordOrigin extends Coordinates {
  readonly timestamp: number;
}

/**
 * Returns the permanent id of a record: `contacts-3-1042-1700000000000`. It contains the timestamp
 * because offsets restart when a topic is recreated.
 */
export function recordId({ topic, partition, offset, timestamp }: RecordOrigin): string {
  return `${topic}-${partition}-${offset}-${timestamp}`;
}

/** A record with its bytes as Kafka stores them. */
export interface KafkaRecord extends RecordOrigin {
  /** Null when the record has no key. */
  readonly key: Buffer | null;
  /** Null for a tombstone; an empty value is zero bytes. */
  readonly value: Buffer | null;
  /** In order; names may repeat. Null when the header has no value. */
  readonly headers: readonly (readonly [name: string, value: Buffer | null])[];
}
