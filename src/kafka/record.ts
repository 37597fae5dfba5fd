import type { Coordinates } from './coordinates.ts';

/** A record's coordinates and its time, in milliseconds since 1970. */
export interface RecordOrigin extends Coordinates {
  readonly timestamp: number;
}

/** A record as Kafka holds it: plain bytes. */
export interface KafkaRecord extends RecordOrigin {
  /** Null when the record has no key. */
  readonly key: Buffer | null;
  /** Null for a tombstone; zero bytes are an empty value, which is something else. */
  readonly value: Buffer | null;
  /** In order; a name may come more than once. */
  readonly headers: readonly (readonly [name: string, value: Buffer])[];
}
