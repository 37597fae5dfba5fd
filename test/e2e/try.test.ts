import { expect, test } from 'vitest';
import { runTry } from '../support/try-command.ts';
import { cluster } from './given/cluster.ts';
import { givenTopic } from './given/topic.ts';

const tryTopic = (topic: string, options: readonly string[] = []) =>
  runTry(['--brokers', cluster().brokers.join(','), '--topic', topic, ...options]);

const person = (n: number, partition: number) => ({
  ...{ partition, timestamp: 1_700_000_000_000 + n, key: `K-${n}` },
  value: JSON.stringify({ LastName: `Name ${n}` }),
});

test('npm run try shows the newest committed records of a topic, by their time, and joins no group', async () => {
  const topic = await givenTopic({ partitions: 2 });
  await topic.produce(Array.from({ length: 6 }, (_, n) => person(n, n % 2)));
  const aborted = await topic.transactions()([person(6, 0)]);
  await aborted.abort();

  const { status, stdout } = tryTopic(topic.name, [
    ...['--limit', '3', '--transform', '{"LastName": value.LastName, "Key__c": key}'],
  ]);
  const row = (n: number, place: string) =>
    `✓ ${topic.name}-${place}  row  {"LastName":"Name ${n}","Key__c":"K-${n}"}`;
  expect([status, stdout.trimEnd().split('\n')]).toEqual([
    0,
    [row(3, '1@1'), row(4, '0@2'), row(5, '1@2'), '', '3 records: 3 rows'],
  ]);
  const groups = await topic.admin.listGroups();
  expect([...groups.keys()]).not.toContain('none');
});

test('npm run try does not wait for an open transaction, nor for an empty topic', async () => {
  const topic = await givenTopic();
  expect(tryTopic(topic.name).stdout).toBe('No records.\n');
  await topic.produce([person(1, 0)]);
  const open = await topic.transactions()([person(2, 0)]);
  expect(tryTopic(topic.name).stdout).toContain('1 record: 1 row');
  await open.commit();
  expect(tryTopic(topic.name).stdout).toContain('2 records: 2 rows');
});

test('npm run try says why a topic cannot be read', () => {
  const { status, stderr } = tryTopic('no-such-topic');
  expect([status, stderr]).toEqual([1, expect.stringContaining('There is no topic no-such-topic')]);
});
