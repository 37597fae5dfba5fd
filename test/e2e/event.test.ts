import { expect, test } from 'vitest';
import { givenMapping, recordsOf } from './given/mapping.ts';
import { givenTopic } from './given/topic.ts';

test('empty and absent keys and values, and header bytes above 127, arrive as Lambda hands them on', async () => {
  const topic = await givenTopic();
  await topic.produce([
    { key: 'k', value: '{"n":1}', timestamp: 1_700_000_000_123 },
    { value: 'no key' },
    { key: 'tombstone' },
    { key: '', value: '' },
    {
      key: Buffer.from([0, 255]),
      value: Buffer.from([128, 0, 10]),
      headers: [
        ['source', Buffer.from('ë')],
        ['source', Buffer.from([0, 127, 128, 255])],
        ['empty', Buffer.alloc(0)],
      ],
    },
  ]);
  const mapping = givenMapping(topic);
  await expect.poll(() => mapping.records().length, { timeout: 20_000 }).toBe(5);

  const [event] = mapping.events;
  expect(event).toMatchObject({
    eventSource: 'SelfManagedKafka',
    bootstrapServers: topic.brokers.join(','),
  });
  expect(Object.keys(event!.records)).toEqual([`${topic.name}-0`]);
  const place = { topic: topic.name, partition: 0, timestampType: 'CREATE_TIME', headers: [] };
  const timestamp = expect.any(Number);
  expect(recordsOf(event!)).toStrictEqual([
    {
      ...{ ...place, offset: 0, timestamp: 1_700_000_000_123 },
      ...{ key: 'aw==', value: 'eyJuIjoxfQ==' },
    },
    { ...place, offset: 1, timestamp, value: 'bm8ga2V5' },
    { ...place, offset: 2, timestamp, key: 'dG9tYnN0b25l' },
    { ...place, offset: 3, timestamp, key: '', value: '' },
    {
      ...{ ...place, offset: 4, timestamp, key: 'AP8=', value: 'gAAK' },
      headers: [{ source: [-61, -85] }, { source: [0, 127, -128, -1] }, { empty: [] }],
    },
  ]);
});
