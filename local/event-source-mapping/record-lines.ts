import { z } from 'zod';
import { didYouMean } from '../../infra/nearest.ts';
import { withoutByteOrderMark } from '../../src/decode/text.ts';
import { partitionName, type SourceRecord } from './source-record.ts';

const notWhole = 'takes a whole number from 0';
const wholeNumber = z.int({ error: notWhole }).min(0, notWhole);

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

/**
 * Throws Error for a name beside `value` that no record has: it is misspelt, or the line is a value
 * that has such a field.
 */
function checkNames(names: readonly string[]): void {
  const other = names.find((name) => !isOfRecord(name));
  if (other === undefined) return;
  const shown = JSON.stringify(other);
  const hint = didYouMean(other, Object.keys(recordLine.shape));
  const remedy = hint || '; a value that has a field "value" is written {"value": {…}}';
  throw new Error(`a record has no ${shown}${remedy}`);
}

/** A line that is not such a record is a value. Throws Error that says what is wrong with the line. */
function readLine(
  text: string,
  plainText: RecordLineSettings['plainText'],
): z.output<typeof recordLine> {
  const json = jsonOf(text);
  if (json === undefined && plainText === 'refused') {
    // As jq and other programs print JSON.
    const isPart = /^\s*[[{]\s*$/.test(text);
    throw new Error(isPart ? 'not JSON; a record takes one line, as jq -c writes it' : 'not JSON');
  }
  const names = Object.keys(Object(json) as object);
  const isRecord = names.includes('value') || (names.includes('key') && names.every(isOfRecord));
  if (isRecord) checkNames(names);
  const { success, data, error } = recordLine.safeParse(isRecord ? json : { value: text });
  if (success) return data;
  const [issue] = error.issues;
  throw new Error(`${issue?.path.join('.')}: ${issue?.message}`);
}

/** The most lines that an error names. */
const mostFaults = 5;

function faultsText(faults: readonly string[]): string {
  const more = faults.length - mostFaults;
  const shown = faults.slice(0, mostFaults).join('; ');
  return more > 0 ? `${shown}; and ${more} more` : shown;
}

/** Reads one line after the other: offsets count from 0, or from the one before, in each partition. */
function lineReader({ now, plainText }: RecordLineSettings): (line: string) => SourceRecord {
  const nextOffsets = new Map<string, number>();
  return (line) => {
    const { headers, key = null, value, ...origin } = readLine(line, plainText);
    const name = partitionName(origin);
    const next = nextOffsets.get(name) ?? 0;
    const { topic, partition, offset = next, timestamp = now } = origin;
    if (offset < next) throw new Error(`offset ${offset} of ${name} comes after ${next - 1}`);
    nextOffsets.set(name, offset + 1);
    return {
      topic,
      partition,
      offset,
      timestamp,
      timestampType: 'CREATE_TIME',
      key: bytesOf(key),
      value: bytesOf(value),
      headers: Object.entries(headers).map(([header, of]) => [header, Buffer.from(of)] as const),
    };
  };
}

/**
 * Reads records from lines of JSON: `{"key": …, "value": …, "headers": {…}, "topic": …}`, with
 * `partition`, `offset` and `timestamp` if they are known, or a value alone. Blank lines are skipped,
 * and so is the byte order mark of a file that Windows wrote.
 *
 * Throws Error with the numbers of the lines that are no records; of many it names the first.
 */
export function recordsOfLines(text: string, settings: RecordLineSettings): SourceRecord[] {
  const read = lineReader(settings);
  const records: SourceRecord[] = [];
  const faults: string[] = [];
  for (const [index, line] of withoutByteOrderMark(text).split('\n').entries()) {
    if (line.trim() === '') continue;
    try {
      records.push(read(line));
    } catch (error) {
      faults.push(`line ${index + 1}: ${(error as Error).message}`);
    }
  }
  if (faults.length > 0) throw new Error(faultsText(faults));
  return records;
}
