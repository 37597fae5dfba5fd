import { clusterOf } from './cluster.ts';
import type { ErrantRecord } from './errant-record.ts';
import { type EventRecord, headersOf, type KafkaEvent, validateEvent } from './event.ts';
import type { KafkaRecord } from './record.ts';

/** The records of one event. Each is in exactly one of the first two lists. */
export interface KafkaBatch {
  readonly records: readonly KafkaRecord[];
  readonly errants: readonly ErrantRecord[];
  /** All records as they are in the event. */
  readonly sources: readonly EventRecord[];
  /** See `clusterOf`. */
  readonly cluster: string;
  /** Set in a replay that leaves out records whose row was written after them. */
  readonly leavesOutdated: boolean;
  /** Set in a replay that writes nothing. */
  readonly isDryRun: boolean;
}

const isPadding = (text: string, fromEnd: number): boolean =>
  text.charCodeAt(text.length - fromEnd) === 0x3d;

/**
 * Decodes base64 strictly: null for null or undefined, undefined for invalid base64. Node skips
 * invalid characters, which leaves fewer bytes than the length of the text implies.
 */
function bytesOf(base64: string | null | undefined): Buffer | null | undefined {
  if (base64 === null || base64 === undefined) return null;
  const bytes = Buffer.from(base64, 'base64');
  const padding = isPadding(base64, 1) ? (isPadding(base64, 2) ? 2 : 1) : 0;
  const isValid = base64.length % 4 === 0 && bytes.length === (base64.length / 4) * 3 - padding;
  return isValid ? bytes : undefined;
}

function toRecord(source: EventRecord): KafkaRecord | ErrantRecord {
  const { topic, partition, offset, timestamp } = source;
  const key = bytesOf(source.key);
  const value = bytesOf(source.value);
  if (key === undefined || value === undefined) {
    const invalid = value === undefined ? 'value' : 'key';
    const reason = `the ${invalid} is not base64`;
    const record = { topic, partition, offset, timestamp };
    return { record, stage: 'kafka', code: 'BASE64_INVALID', reason, rejection: null };
  }
  return { topic, partition, offset, timestamp, key, value, headers: headersIn(source) };
}

const noHeaders: KafkaRecord['headers'] = [];

/** The headers of a record. Their bytes are signed (-128 to 127); `Buffer.from` makes them unsigned. */
function headersIn(source: EventRecord): KafkaRecord['headers'] {
  const headers = headersOf(source);
  if (headers.length === 0) return noHeaders;
  return headers.map(
    ([name, bytes]) => [name, bytes === null ? null : Buffer.from(bytes)] as const,
  );
}

/**
 * Decodes the base64 of an event's records. A record with an invalid key or value is errant. Throws
 * `EVENT_INVALID` and `EVENT_EMPTY`.
 */
export function readEvent(event: unknown): KafkaBatch {
  const records: KafkaRecord[] = [];
  const errants: ErrantRecord[] = [];
  const sources = validateEvent(event);
  for (const source of sources) {
    const record = toRecord(source);
    if ('code' in record) errants.push(record);
    else records.push(record);
  }
  const given = event as KafkaEvent;
  const { eventSource: source } = given;
  return {
    records,
    errants,
    sources,
    cluster: clusterOf(given),
    leavesOutdated: source === 'ErrantQueue' || source === 'ErrantQueueDryRun',
    isDryRun: source === 'ErrantQueueDryRun',
  };
}
