import { clusterOf } from './cluster.ts';
import type { ErrantRecord } from './errant-record.ts';
import { type EventRecord, headersOf, type KafkaEvent, recordsOfEvent } from './event.ts';
import type { KafkaRecord } from './record.ts';

/** What one event holds: every record of it is in exactly one of the first two lists. */
export interface KafkaBatch {
  readonly records: readonly KafkaRecord[];
  readonly errants: readonly ErrantRecord[];
  /** All records as the event has them. */
  readonly sources: readonly EventRecord[];
  /** Names the cluster that the records come from. */
  readonly cluster: string;
}

/**
 * Decodes base64 strictly: null when there is none, undefined when it is not base64 as Lambda
 * writes it. Node skips characters that do not belong; then the bytes are fewer than the text says.
 */
function bytesOf(base64: string | null | undefined): Buffer | null | undefined {
  if (base64 === null || base64 === undefined) return null;
  const bytes = Buffer.from(base64, 'base64');
  const padding = base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0;
  const whole = base64.length % 4 === 0 && bytes.length === (base64.length / 4) * 3 - padding;
  return whole ? bytes : undefined;
}

function toRecord(source: EventRecord): KafkaRecord | ErrantRecord {
  const { topic, partition, offset, timestamp } = source;
  const key = bytesOf(source.key);
  const value = bytesOf(source.value);
  if (key === undefined || value === undefined) {
    const broken = value === undefined ? 'value' : 'key';
    const reason = `the ${broken} is not base64`;
    const record = { topic, partition, offset, timestamp };
    return { record, stage: 'kafka', code: 'BASE64_INVALID', reason, rejection: null };
  }
  // Header bytes come signed (-128 to 127); a Buffer wraps them into the bytes they were.
  const headers = headersOf(source).map(
    ([name, bytes]) => [name, bytes === null ? null : Buffer.from(bytes)] as const,
  );
  return { topic, partition, offset, timestamp, key, value, headers };
}

/**
 * Reads the event of an event source mapping into records; base64 ends here. A record whose key
 * or value is broken base64 is errant. Throws `EVENT_INVALID` and `EVENT_EMPTY`.
 */
export function readEvent(event: unknown): KafkaBatch {
  const records: KafkaRecord[] = [];
  const errants: ErrantRecord[] = [];
  const sources = recordsOfEvent(event);
  for (const source of sources) {
    const record = toRecord(source);
    if ('code' in record) errants.push(record);
    else records.push(record);
  }
  return { records, errants, sources, cluster: clusterOf(event as KafkaEvent) };
}
