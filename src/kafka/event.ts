import { SinkError } from '../errors.ts';

/**
 * One record as the event source mapping writes it. `key` and `value` are base64 and are absent
 * or null for a record without one; header bytes are signed.
 * Sources: AWS Lambda developer guide, "Using Lambda with Amazon MSK"; Nike-Inc/hal#144 for `{}`.
 */
export interface EventRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly timestamp: number;
  readonly timestampType?: string;
  readonly key?: string | null;
  readonly value?: string | null;
  /** `{}` for a header without a value, whose name is not told. Read them with `headersOf`. */
  readonly headers?: readonly Readonly<Record<string, readonly number[] | null>>[] | null;
}

/**
 * An event of Amazon MSK (`aws:kafka`) or of a self-managed cluster. The keys of `records` are
 * `topic-partition`; they are never parsed, since topic names hold hyphens and digits too.
 */
export interface KafkaEvent {
  readonly eventSource: 'aws:kafka' | 'SelfManagedKafka';
  readonly eventSourceArn?: string;
  readonly bootstrapServers?: string;
  readonly records: Readonly<Record<string, readonly EventRecord[]>>;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

const isOptionalText = (value: unknown): boolean =>
  value === undefined || value === null || typeof value === 'string';

/** The first thing that is wrong with a record, or null when it is one that Lambda could send. */
function flawOfRecord(record: unknown): string | null {
  if (!isObject(record)) return 'is no object';
  if (typeof record['topic'] !== 'string' || record['topic'] === '') return 'has no topic';
  if (!isCount(record['partition'])) return 'has no partition number';
  if (!isCount(record['offset'])) return 'has no offset';
  if (!Number.isSafeInteger(record['timestamp'])) return 'has no timestamp';
  if (!isOptionalText(record['key'])) return 'has a key that is not base64 text';
  if (!isOptionalText(record['value'])) return 'has a value that is not base64 text';
  return null;
}

/** One header: its name, and its signed bytes or null where there are none. */
type Header = readonly [name: string, bytes: readonly number[] | null];

const noHeaders: readonly Header[] = [];

/**
 * Gives a record's headers in order. A malformed one costs its bytes and never the record, since
 * rows are made without them: bytes that are not a list are null.
 */
export function headersOf({ headers }: Pick<EventRecord, 'headers'>): readonly Header[] {
  if (!Array.isArray(headers) || headers.length === 0) return noHeaders;
  return (headers as readonly unknown[]).filter(isObject).flatMap((header) =>
    Object.entries(header).map(([name, bytes]): Header => {
      return [name, Array.isArray(bytes) ? (bytes as readonly number[]) : null];
    }),
  );
}

function refuse(what: string): never {
  throw new SinkError(
    'EVENT_INVALID',
    `${what}. This function takes the events of a Kafka event source mapping (Amazon MSK or self-managed) and no others.`,
  );
}

/**
 * Checks that the event comes from a Kafka event source mapping, and gives its records in order.
 * Throws `EVENT_INVALID` when it is anything else or when a record has no coordinates (it could
 * not be accounted for), and `EVENT_EMPTY` when there is no record at all.
 */
export function recordsOfEvent(event: unknown): readonly EventRecord[] {
  if (!isObject(event)) refuse('The event is no object');
  const source = event['eventSource'];
  if (source === undefined) refuse('The event has no eventSource');
  if (source !== 'aws:kafka' && source !== 'SelfManagedKafka') {
    refuse('The eventSource is neither aws:kafka nor SelfManagedKafka');
  }
  const partitions = event['records'];
  if (!isObject(partitions)) refuse('The event has no records object');

  const records = Object.values(partitions).flatMap((list, index) => {
    if (!Array.isArray(list)) refuse(`Entry ${index + 1} of records is no array`);
    return list as unknown[];
  });
  records.forEach((record, index) => {
    const flaw = flawOfRecord(record);
    if (flaw !== null) refuse(`Record ${index + 1} of ${records.length} ${flaw}`);
  });
  if (records.length === 0) {
    throw new SinkError('EVENT_EMPTY', 'The event holds no records, so there is nothing to write.');
  }
  return records as EventRecord[];
}
