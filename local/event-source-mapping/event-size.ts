import { type EventOrigin, eventRecord } from './event.ts';
import type { SourceRecord } from './source-record.ts';

/** The sizes in bytes of the parts of an event as JSON, without commas. */
export interface EventSize {
  /** The event without any record. */
  empty: number;
  /** A partition: its key and the brackets of its list. */
  partition(partitionName: string): number;
  /** One record. */
  record(record: SourceRecord): number;
}

/** The sizes of events from `origin`. */
export function eventSize(origin: EventOrigin): EventSize {
  return {
    empty: jsonBytes({ ...origin, records: {} }),
    partition: (name) => jsonBytes(name) + ':[]'.length,
    record: (record) => jsonBytes(eventRecord(record)),
  };
}

function jsonBytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}
