import { expect, test } from 'vitest';
import { givenMapping, recordsOf, textOf } from './given/mapping.ts';
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
  await expect.poll(() => mapping.records().length, { timeout: 60_000 }).toBe(5);

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

test('a topic that stamps its records itself says so in them', async () => {
  const topic = await givenTopic({ configs: { 'message.timestamp.type': 'LogAppendTime' } });
  await topic.produce([{ value: '{}', timestamp: 1_700_000_000_123 }]);
  const mapping = givenMapping(topic);
  await expect.poll(() => mapping.records().length, { timeout: 60_000 }).toBe(1);

  const [record] = mapping.records();
  expect(record).toMatchObject({ timestampType: 'LOG_APPEND_TIME' });
  expect(record!.timestamp).toBeGreaterThan(1_700_000_000_123);
});

test('one event may hold several partitions, each in its order', async () => {
  const topic = await givenTopic({ partitions: 3 });
  await topic.produce(
    Array.from({ length: 30 }, (_, n) => ({ partition: n % 3, value: String(n) })),
  );
  const mapping = givenMapping(topic, { maxRecords: 30, windowMs: 60_000 });
  await expect.poll(() => mapping.records().length, { timeout: 60_000 }).toBe(30);

  expect(mapping.events).toHaveLength(1);
  const groups = Object.entries(mapping.events[0]!.records).toSorted();
  expect(groups.map(([name]) => name)).toEqual([0, 1, 2].map((n) => `${topic.name}-${n}`));
  for (const [index, [, records]] of groups.entries()) {
    const values = Array.from({ length: 10 }, (_, n) => String(n * 3 + index));
    expect(records.map(textOf)).toEqual(values);
    expect(records.map(({ offset }) => offset)).toEqual([...values.keys()]);
  }
});

test.each(['gzip', 'snappy', 'lz4', 'zstd'] as const)(
  'batches that the producer has compressed with %s are read',
  async (compression) => {
    const topic = await givenTopic();
    const values = Array.from({ length: 300 }, (_, n) => `value ${n} ${'-'.repeat(100)}`);
    await topic.produce(
      values.map((value) => ({ value })),
      { compression },
    );
    const mapping = givenMapping(topic);
    await expect.poll(() => mapping.records().length, { timeout: 60_000 }).toBe(300);

    expect(mapping.records().map(textOf)).toEqual(values);
  },
);

const megabyte = 1024 * 1024;
const largeRecords = { 'max.message.bytes': String(10 * megabyte) };

test('no event is above 6 MB, however large the records are', async () => {
  const topic = await givenTopic({ configs: largeRecords });
  const sizes = [3, 1, 2, 4, 1, 1, 1, 3];
  for (const size of sizes) await topic.produce([{ value: Buffer.alloc(size * megabyte, 'x') }]);
  const mapping = givenMapping(topic, { windowMs: 500 });
  await expect.poll(() => mapping.records().length, { timeout: 60_000 }).toBe(sizes.length);

  const bytes = mapping.events.map((event) => Buffer.byteLength(JSON.stringify(event)));
  expect(Math.max(...bytes)).toBeLessThanOrEqual(6 * megabyte);
  expect(bytes.length).toBeLessThan(sizes.length);
  expect(mapping.records().map(({ offset }) => offset)).toEqual([...sizes.keys()]);
});

test('a record too large for any event is reported and skipped, and the rest is delivered', async () => {
  const topic = await givenTopic({ configs: largeRecords });
  const large = Buffer.alloc(5 * megabyte);
  for (const value of ['a', large, 'b', large]) await topic.produce([{ value }]);
  const mapping = givenMapping(topic);
  await expect.poll(() => topic.committed(mapping.group), { timeout: 60_000 }).toEqual([4]);

  expect(mapping.records().map(textOf)).toEqual(['a', 'b']);
  const oversized = mapping.log.flatMap((event) =>
    event.kind === 'record-skipped' ? [event.record.offset] : [],
  );
  expect(oversized).toEqual([1, 3]);
});
