import { SinkError } from '../errors.ts';
import { withoutRepeated } from './repeated-records.ts';

/**
 * One record of an event. `key` and `value` are base64, absent or null when the record has none;
 * header bytes are signed.
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
  /** `{}` for a header without a value; Lambda omits its name. Read them with `headersOf`. */
  readonly headers?: readonly Readonly<Record<string, readonly number[] | null>>[] | null;
}

/**
 * `ErrantQueue`: a replay that leaves out records whose row was written after them.
 * `ErrantQueueDryRun`: one that only says which. Versions that do not know them refuse the event, and so
 * cannot write such records.
 */
const eventSources = ['aws:kafka', 'SelfManagedKafka', 'ErrantQueue', 'ErrantQueueDryRun'] as const;

/**
 * An event of Amazon MSK (`aws:kafka`) or of a self-managed cluster. The keys of `records` are
 * `topic-partition`; they are not parsed, since topic names may contain hyphens and digits.
 */
export interface KafkaEvent {
  readonly eventSource: (typeof eventSources)[number];
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

/** The first problem of a record; null when it is valid. */
function problemOf(record: unknown): string | null {
  if (!isObject(record)) return 'is not an object';
  if (typeof record['topic'] !== 'string' || record['topic'] === '') return 'has no topic';
  if (!isCount(record['partition'])) return 'has no partition number';
  if (!isCount(record['offset'])) return 'has no offset';
  if (!Number.isSafeInteger(record['timestamp'])) return 'has no timestamp';
  if (!isOptionalText(record['key'])) return 'has a key that is not base64 text';
  if (!isOptionalText(record['value'])) return 'has a value that is not base64 text';
  return null;
}

/** One header: its name and its signed bytes; null when it has none. */
type Header = readonly [name: string, bytes: readonly number[] | null];

const noHeaders: readonly Header[] = [];

/**
 * Returns a record's headers in order. Malformed bytes become null rather than fail the record,
 * since rows do not use headers.
 */
export function headersOf({ headers }: Pick<EventRecord, 'headers'>): readonly Header[] {
  if (!Array.isArray(headers) || headers.length === 0) return noHeaders;
  return (headers as readonly unknown[]).filter(isObject).flatMap((header) =>
    Object.entries(header).map(([name, bytes]): Header => {
      return [name, Array.isArray(bytes) ? (bytes as readonly number[]) : null];
    }),
  );
}

function refuse(problem: string): never {
  throw new SinkError(
    'EVENT_INVALID',
    `${problem}. This function only takes events of a Kafka event source mapping (Amazon MSK or self-managed).`,
  );
}

/**
 * Validates an event of a Kafka event source mapping and returns its records, each once, partition by
 * partition in the order of their names: invocations with the same records must decide the same about
 * equal rows, whatever the order of the partitions in their events. Throws `EVENT_INVALID` for any other
 * event and for a record without coordinates, which could not be tracked, and `EVENT_EMPTY` when it has no
 * records.
 */
export function validateEvent(event: unknown): readonly EventRecord[] {
  if (!isObject(event)) refuse('The event is not an object');
  const source = event['eventSource'];
  if (source === undefined) refuse('The event has no eventSource');
  if (!(eventSources as readonly unknown[]).includes(source)) {
    refuse('The eventSource is neither aws:kafka nor SelfManagedKafka');
  }
  const partitions = event['records'];
  if (!isObject(partitions)) refuse('The event has no records object');

  const names = Object.keys(partitions).sort();
  const records = names.flatMap((name, index) => {
    const list = partitions[name];
    if (!Array.isArray(list)) refuse(`Entry ${index + 1} of records is not an array`);
    return list as unknown[];
  });
  for (const [index, record] of records.entries()) {
    const problem = problemOf(record);
    if (problem !== null) refuse(`Record ${index + 1} of ${records.length} ${problem}`);
  }
  if (records.length === 0) {
    throw new SinkError('EVENT_EMPTY', 'The event holds no records, so there is nothing to write.');
  }
  return withoutRepeated(records as EventRecord[]);
}
