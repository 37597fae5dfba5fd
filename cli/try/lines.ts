import { z } from 'zod';
import type { KafkaRecord } from '../../src/kafka/record.ts';

/** A record of a file: key and value as text, or a value as the JSON that it is. */
const recordLine = z.object({
  topic: z.string().default('topic'),
  key: z.string().nullish(),
  value: z.unknown(),
  headers: z.record(z.string(), z.string()).default({}),
});

const bytesOf = (text: string | null): Buffer | null => (text === null ? null : Buffer.from(text));

function valueText(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A line that is not such a record is a value. */
function lineOf(text: string): z.output<typeof recordLine> {
  try {
    const json: unknown = JSON.parse(text);
    const isRecord = typeof json === 'object' && json !== null && Object.hasOwn(json, 'value');
    if (isRecord) return recordLine.parse(json);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  return { topic: 'topic', value: text, headers: {} };
}

/**
 * Reads records from lines of JSON: `{"key": …, "value": …, "headers": {…}, "topic": …}`, or a value
 * alone. Blank lines are skipped. Offsets count from 0. Throws ZodError for a record with a wrong key.
 */
export function recordsOfLines(text: string, now: number): KafkaRecord[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.map((line, offset) => {
    const { topic, key = null, value, headers } = lineOf(line);
    return {
      ...{ topic, partition: 0, offset, timestamp: now },
      ...{ key: bytesOf(key), value: bytesOf(valueText(value)) },
      headers: Object.entries(headers).map(
        ([name, header]) => [name, Buffer.from(header)] as const,
      ),
    };
  });
}
