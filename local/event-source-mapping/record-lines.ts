import { z } from 'zod';
import { partitionName, type SourceRecord } from './source-record.ts';

const wholeNumber = z.int().min(0);

/** A record of a file: key and value as text, or as the JSON that they are. */
const recordLine = z.object({
  topic: z.string().default('topic'),
  partition: wholeNumber.default(0),
  offset: wholeNumber.optional(),
  timestamp: wholeNumber.optional(),
  key: z.unknown().optional(),
  value: z.unknown().optional(),
  headers: z.record(z.string(), z.string()).default({}),
});

/**
 * `now` is the timestamp of a record without one, in milliseconds since 1970. `plainText`: what a
 * line becomes that is not JSON.
 */
export interface RecordLineSettings {
  readonly now: number;
  readonly plainText: 'value' | 'refused';
}

function bytesOf(value: unknown): Buffer | null {
  if (value === null || value === undefined) return null;
  return Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
}

/** The library types lack both. */
const { rawJSON } = JSON as unknown as { rawJSON(text: string): unknown };
type SourceReviver = (key: string, value: unknown, context: { source?: string }) => unknown;

/** Numbers of key and value keep their digits: they are written again as they were. */
const keepDigits: SourceReviver = (_key, value, { source }) =>
  typeof value === 'number' && source !== undefined && String(value) !== source
    ? rawJSON(source)
    : value;

/** The JSON of a line; undefined: it is not JSON. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text, keepDigits as (key: string, value: unknown) => unknown);
  } catch {
    return undefined;
  }
}

/** Whether a name is one of a record's; a line of these alone that has no value is a tombstone. */
const isOfRecord = (name: string): boolean => Object.hasOwn(recordLine.shape, name);

/** A line that is not such a record is a value. Throws Error that says what is wrong with the line. */
function readLine(
  text: string,
  plainText: RecordLineSettings['plainText'],
): z.output<typeof recordLine> {
  const json = jsonOf(text);
  if (json === undefined && plainText === 'refused') throw new Error('not JSON');
  const names = Object.keys(Object(json) as object);
  const isRecord = names.includes('value') || (names.includes('key') && names.every(isOfRecord));
  const { success, data, error } = recordLine.safeParse(isRecord ? json : { value: text });
  if (success) return data;
  const [issue] = error.issues;
  throw new Error(`${issue?.path.join('.')}: ${issue?.message}`);
}

/**
 * Reads records from lines of JSON: `{"key": …, "value": …, "headers": {…}, "topic": …}`, with
 * `partition`, `offset` and `timestamp` if they are known, or a value alone. Blank lines are skipped.
 * Offsets count from 0, or from the one before, in each partition.
 *
 * Throws Error with the number of the line for a record that is none.
 */
export function recordsOfLines(
  text: string,
  { now, plainText }: RecordLineSettings,
): SourceRecord[] {
  const nextOffsets = new Map<string, number>();
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    try {
      const { headers, key = null, value, ...origin } = readLine(line, plainText);
      const name = partitionName(origin);
      const next = nextOffsets.get(name) ?? 0;
      const { topic, partition, offset = next, timestamp = now } = origin;
      if (offset < next) throw new Error(`offset ${offset} of ${name} comes after ${next - 1}`);
      nextOffsets.set(name, offset + 1);
      const record: SourceRecord = {
        ...{ topic, partition, offset, timestamp, timestampType: 'CREATE_TIME' },
        ...{ key: bytesOf(key), value: bytesOf(value) },
        headers: Object.entries(headers).map(([header, of]) => [header, Buffer.from(of)] as const),
      };
      return [record];
    } catch (error) {
      throw new Error(`line ${index + 1}: ${(error as Error).message}`, { cause: error });
    }
  });
}
