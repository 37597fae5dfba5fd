import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { EventRecord } from '../../src/kafka/event.ts';
import { useEmulator } from '../support/emulator.ts';
import { eventRecord } from '../support/event.ts';
import { writerTo } from '../writing/support/write.ts';

const org = await useEmulator();

/** A recipe of docs/TOPICS.md: a record or lines of them with their keys, settings and the rows. */
const recipe = /```jsonl?\n(.*?)\n```\n\n```yaml\n(.*?)\n```\n\n```json\n(.*?)\n```/gs;

const recipes = readFileSync('docs/TOPICS.md', 'utf8')
  .split('\n## ')
  .slice(1)
  .flatMap((section) =>
    [...section.matchAll(recipe)].map(
      ([, record = '', settings = '', rows = '']) =>
        [section.split('\n')[0] ?? '', record, settings, rows] as const,
    ),
  );

it('docs/TOPICS.md has a recipe in each section', () => {
  expect(new Set(recipes.map(([title]) => title)).size).toBe(9);
});

/** The records of a recipe. A single one has a key of its own. */
function recordsIn(text: string): EventRecord[] {
  const base64 = (value: unknown) =>
    Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64');
  const lines = text.split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
  const isKeyed = (line: Record<string, unknown>) => Object.hasOwn(line, 'key');
  const keyed = lines.every(isKeyed) ? lines : lines.map((value) => ({ key: 'K-1', value }));
  return keyed.map(({ key, value }, offset) => ({
    ...eventRecord({ offset }),
    key: base64(key),
    value: value === null ? null : base64(value),
  }));
}

/** Ways to cut records into batches. */
const cuts: Readonly<Record<string, (records: EventRecord[]) => EventRecord[][]>> = {
  'one batch': (records) => [records],
  'batches of one': (records) => records.map((record) => [record]),
};

describe.each(Object.entries(cuts))('in %s', (_cut, batchesOf) => {
  it.each(recipes)('the recipe of %s writes the rows that it shows', async (_title, ...texts) => {
    const [record, settings, rows] = texts;
    const given = Object.entries(parse(settings) as Record<string, unknown>).map(
      ([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)] as const,
    );
    const { write } = writerTo(org, Object.fromEntries(given));
    for (const batch of batchesOf(recordsIn(record))) {
      expect(await write(batch)).toMatchObject({ error: null, errant: [] });
    }
    const expected = JSON.parse(rows) as object[];
    expect(org.records('Contact')).toHaveLength(expected.length);
    expect(org.records('Contact')).toMatchObject(expected);
  });
});
