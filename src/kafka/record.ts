import type { Coordinates } from './coordinates.ts';

/** A record's coordinates and its time, in milliseconds since 1970. */
export interface RecordOrigin extends Coordinates {
  readonly timestamp: number;
}

/**
 * Names a record for good: `contacts-3-1042-1700000000000`. The time is part of it because offsets
 * begin again when a topic is made anew, and an old row must not be taken for a new one.
 */
export function recordId({ topic, partition, offset, timestamp }: RecordOrigin): string {
  return `${topic}-${partition}-${offset}-${timestamp}`;
}

/** A record as Kafka holds it: plain bytes. */
export interface KafkaRecord extends RecordOrigin {
  /** Null when the record has no key. */
  readonly key: Buffer | null;
  /** Null when Kafka has none; zero bytes are an empty value, which is something else. */
  readonly value: Buffer | null;
  /** In order; a name may come more than once. Null: the header has no value. */
  readonly headers: readonly (readonly [name: string, value: Buffer | null])[];
}
