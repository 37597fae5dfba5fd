import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { useEmulator } from '../support/emulator.ts';
import { eventRecord } from '../support/event.ts';
import { writerTo } from '../writing/support/write.ts';

const org = await useEmulator();

/** A recipe of docs/TOPICS.md: a record, settings and the rows. */
const recipe = /```json\n(.*?)\n```\n\n```yaml\n(.*?)\n```\n\n```json\n(.*?)\n```/gs;

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
  expect(new Set(recipes.map(([title]) => title)).size).toBe(8);
});

it.each(recipes)('the recipe of %s writes the rows that it shows', async (_title, ...texts) => {
  const [record, settings, rows] = texts;
  const given = Object.entries(parse(settings) as Record<string, unknown>).map(([name, value]) => {
    return [name, typeof value === 'string' ? value : JSON.stringify(value)] as const;
  });
  const { write } = writerTo(org, Object.fromEntries(given));
  const kafkaRecord = {
    ...eventRecord({}),
    key: Buffer.from('K-1').toString('base64'),
    value: Buffer.from(record).toString('base64'),
  };
  expect(await write([kafkaRecord])).toMatchObject({ error: null, errant: [] });
  const expected = JSON.parse(rows) as object[];
  expect(org.records('Contact')).toHaveLength(expected.length);
  expect(org.records('Contact')).toMatchObject(expected);
});
