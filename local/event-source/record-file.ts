import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { partitionName, type SourceRecord } from './source-record.ts';

/** The partition, the offset and the rest of a line may be left out; see `parseRecordLines`. */
const recordLine = z.strictObject({
  topic: z.string().min(1),
  partition: z.int().min(0).default(0),
  offset: z.int().min(0).optional(),
  timestamp: z.int().min(0).default(0),
  timestampType: z.enum(['CREATE_TIME', 'LOG_APPEND_TIME']).default('CREATE_TIME'),
  key: z.string().nullable().default(null),
  keyBase64: z.base64().optional(),
  value: z.json().default(null),
  valueBase64: z.base64().optional(),
  headers: z.array(z.tuple([z.string(), z.string()])).default([]),
});

/** The records in a file of JSON lines; `parseRecordLines` says how a line reads. */
export async function readRecordFile(path: string): Promise<SourceRecord[]> {
  return parseRecordLines(await readFile(path, 'utf8'), path);
}

/**
 * Records written as text, one JSON object a line; empty lines are skipped.
 *
 * Only `topic` is required. `offset` defaults to one past the record before it in its partition. A
 * `value` that is a string is taken as it is, null is a tombstone, and anything else is its JSON
 * text; `valueBase64` and `keyBase64` are for bytes that are no text. Header values are text.
 *
 * @throws TypeError naming `name` and the line when a line is no such object, or when the offsets of
 * a partition do not grow.
 */
export function parseRecordLines(text: string, name: string): SourceRecord[] {
  const nextOffsets = new Map<string, number>();
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    const place = `${name}, line ${index + 1}`;
    const record = parseRecordLine(line, place, nextOffsets);
    const partition = partitionName(record);
    if (record.offset < (nextOffsets.get(partition) ?? 0)) {
      throw new TypeError(`${place}: offset ${record.offset} does not follow the one before it`);
    }
    nextOffsets.set(partition, record.offset + 1);
    return [record];
  });
}

function parseRecordLine(
  line: string,
  place: string,
  nextOffsets: ReadonlyMap<string, number>,
): SourceRecord {
  const parsed = recordLine.safeParse(parseJson(line, place));
  if (!parsed.success) throw new TypeError(`${place}: ${z.prettifyError(parsed.error)}`);
  const { keyBase64, valueBase64, key, value, headers, ...rest } = parsed.data;
  return {
    ...rest,
    offset: rest.offset ?? nextOffsets.get(partitionName(rest)) ?? 0,
    key: keyBase64 === undefined ? textBytes(key) : Buffer.from(keyBase64, 'base64'),
    value: valueBase64 === undefined ? textBytes(value) : Buffer.from(valueBase64, 'base64'),
    headers: headers.map(([header, bytes]) => [header, Buffer.from(bytes)] as const),
  };
}

function parseJson(line: string, place: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw new TypeError(`${place}: not JSON`, { cause: error });
  }
}

function textBytes(value: unknown): Buffer | null {
  if (value === null) return null;
  return Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
}
