import { type EventOrigin, eventRecord } from './event.ts';
import type { SourceRecord } from './source-record.ts';

/** The size in bytes of the parts that an event's JSON is made of; commas come on top. */
export interface EventSize {
  /** The event without any record. */
  empty: number;
  /** What a partition adds: its key and the brackets of its list. */
  group(partitionName: string): number;
  /** One record. */
  record(record: SourceRecord): number;
}

/** How large events from `origin` become. */
export function eventSize(origin: EventOrigin): EventSize {
  return {
    empty: jsonBytes({ ...origin, records: {} }),
    group: (name) => jsonBytes(name) + ':[]'.length,
    record: (record) => jsonBytes(eventRecord(record)),
  };
}

function jsonBytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}
