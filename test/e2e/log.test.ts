import { expect, test } from 'vitest';
import { givenMapping, textOf } from './given/mapping.ts';
import { givenTopic, type Topic } from './given/topic.ts';

test('records of aborted transactions are not delivered, and the group has no lag behind them', async () => {
  const topic = await givenTopic();
  await topic.produce([{ value: 'plain 0' }]);
  const first = await topic.transactions()([{ value: 'aborted 0' }, { value: 'aborted 1' }]);
  await first.abort();
  const second = await topic.transactions()([{ value: 'committed 0' }, { value: 'committed 1' }]);
  await second.commit();
  await topic.produce([{ value: 'plain 1' }]);
  const last = await topic.transactions()([{ value: 'aborted 2' }]);
  await last.abort();
  const mapping = givenMapping(topic);
  // Seven records and the ends of three transactions, which come a little after these are over.
  await expect.poll(() => topic.committed(mapping.group), { timeout: 60_000 }).toEqual([10]);

  expect(mapping.records().map(textOf)).toEqual([
    'plain 0',
    'committed 0',
    'committed 1',
    'plain 1',
  ]);
});

test('a producer that aborts again and again, each time more than a fetch holds, is not seen', async () => {
  const topic = await givenTopic();
  const begin = topic.transactions();
  const value = Buffer.alloc(900_000, 'x');
  await topic.produce([{ value: 'before' }]);
  for (let time = 0; time < 2; time += 1) {
    const large = await begin([{ value }, { value }, { value }]);
    await large.abort();
  }
  const last = await begin([{ value: 'committed' }]);
  await last.commit();
  await topic.produce([{ value: 'after' }]);
  const mapping = givenMapping(topic);
  await expect.poll(() => topic.committed(mapping.group), { timeout: 60_000 }).toEqual([12]);

  expect(mapping.records().map(textOf)).toEqual(['before', 'committed', 'after']);
});

test('a transaction is delivered only once it is committed, and holds back what is behind it', async () => {
  const topic = await givenTopic();
  await topic.produce([{ value: 'before it' }]);
  const open = await topic.transactions()([{ value: 'in it' }]);
  await topic.produce([{ value: 'behind it' }]);
  const mapping = givenMapping(topic);
  await expect.poll(() => mapping.records().length, { timeout: 60_000 }).toBe(1);
  await open.commit();
  await expect.poll(() => mapping.records().length, { timeout: 60_000 }).toBe(3);

  expect(mapping.records().map(textOf)).toEqual(['before it', 'in it', 'behind it']);
});

test('a compacted topic is read across its gaps, tombstones included', async () => {
  const topic = await givenTopic({
    configs: {
      'cleanup.policy': 'compact',
      'segment.ms': '50',
      'min.cleanable.dirty.ratio': '0.001',
      'max.compaction.lag.ms': '50',
    },
  });
  const version = (key: string, n: number) => ({ key, value: `${key} ${n}` });
  for (let n = 0; n < 20; n += 1) await topic.produce([version('a', n), version('b', n)]);
  await topic.produce([{ key: 'a' }]);
  await expect.poll(() => compacted(topic), { timeout: 60_000, interval: 250 }).toBe(true);
  const mapping = givenMapping(topic);
  const ends = await topic.ends();
  await expect.poll(() => topic.committed(mapping.group), { timeout: 60_000 }).toEqual(ends);

  const records = mapping.records();
  const offsets = records.map(({ offset }) => offset);
  expect(offsets).toEqual(offsets.toSorted((one, other) => one - other));
  expect(records.length).toBeLessThan(41);
  const last = new Map(records.map((record) => [record.key, textOf(record)]));
  expect(last.get(Buffer.from('b').toString('base64'))).toBe('b 19');
  expect(last.get(Buffer.from('a').toString('base64'))).toBe(null);
});

test('a group whose position was deleted from the topic continues at the oldest record, and logs it', async () => {
  const topic = await givenTopic();
  await topic.produce(Array.from({ length: 10 }, (_, n) => ({ value: String(n) })));
  const first = givenMapping(topic, { maxRecords: 2 });
  await expect.poll(() => topic.committed(first.group), { timeout: 60_000 }).toEqual([10]);
  await first.stop();
  const { admin, name } = topic;
  const back = [{ name, partitionOffsets: [{ partition: 0, offset: 2n }] }];
  await admin.alterConsumerGroupOffsets({ groupId: first.group, topics: back });
  await admin.deleteRecords({ topics: [{ name, partitions: [{ partition: 0, offset: 6n }] }] });
  const second = givenMapping(topic, { group: first.group });
  await expect.poll(() => second.records().length, { timeout: 60_000 }).toBe(4);

  expect(second.records().map(textOf)).toEqual(['6', '7', '8', '9']);
  const resets = second.log.filter(({ kind }) => kind === 'offset-reset');
  expect(resets).toEqual([
    { kind: 'offset-reset', partition: { topic: name, partition: 0 }, from: 2, to: 6 },
  ]);
});

test('a new group that begins at the end gets what comes after it has joined, and nothing else', async () => {
  const topic = await givenTopic({ partitions: 2 });
  await topic.produce([{ value: 'before' }, { value: 'before', partition: 1 }]);
  const first = givenMapping(topic, { from: 'LATEST' });
  await expect.poll(() => topic.committed(first.group), { timeout: 60_000 }).toEqual([1, 1]);
  await first.stop();
  await topic.produce([{ value: 'while away', partition: 1 }]);
  const second = givenMapping(topic, { from: 'LATEST', group: first.group });
  await topic.produce([{ value: 'after' }]);
  await expect.poll(() => topic.committed(first.group), { timeout: 60_000 }).toEqual([2, 2]);

  expect(first.records()).toEqual([]);
  expect(second.records().map(textOf).toSorted()).toEqual(['after', 'while away']);
});

test('partitions that are added to a topic meanwhile are read too, from their first record', async () => {
  const topic = await givenTopic();
  const first = givenMapping(topic);
  const second = givenMapping(topic, { group: first.group });
  await topic.produce([{ value: 'old' }]);
  await expect.poll(() => topic.committed(first.group), { timeout: 60_000 }).toEqual([1]);
  const topics = [{ name: topic.name, count: 4 }];
  await topic.admin.createPartitions({ topics });
  await expect.poll(topic.ends, { timeout: 60_000 }).toEqual([1, 0, 0, 0]);
  await topic.produce([1, 2, 3].map((partition) => ({ partition, value: 'new' })));
  const values = () => [...first.records(), ...second.records()].map(textOf).toSorted();

  await expect.poll(values, { timeout: 60_000 }).toEqual(['new', 'new', 'new', 'old']);
});

/** Whether the broker has thrown out all but the newest values of what it may compact. */
async function compacted(topic: Topic): Promise<boolean> {
  // A new record closes the segment before it; only closed segments are compacted.
  await topic.produce([{ key: 'tick', value: 'tick' }]);
  const looking = givenMapping(topic);
  const [end = 0] = await topic.ends();
  await expect.poll(() => topic.committed(looking.group), { timeout: 60_000 }).toEqual([end]);
  await looking.stop();
  return looking.records().length < 25;
}
