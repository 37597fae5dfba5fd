import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { sleep } from '../../local/event-source-mapping/sleep.ts';
import { kafkaSource } from '../../local/kafka-consumer/kafka-source.ts';
import { cluster, plainAccess } from './given/cluster.ts';
import { accountOf, contacts, givenOrg, once } from './given/org.ts';
import { givenRunner, shows } from './given/runner.ts';
import { givenTopic } from './given/topic.ts';

const count = 2000;
const runnerOptions = ['--window', '0', '--batch-size', '500'];

test('a Ctrl-C stops after what is in flight; another run continues after it, each record once', async () => {
  const topic = await givenTopic({ partitions: 2 });
  await topic.produce(contacts(count, topic.partitions));
  const org = await givenOrg('lifelike');
  const group = `stop-${randomUUID()}`;
  const first = givenRunner(topic, { org, group, options: runnerOptions });
  await expect.poll(() => org.jobs().length, { timeout: 60_000 }).toBeGreaterThan(0);
  expect(await first.interrupt()).toBe(0);
  expect(first.output()).toMatch(/\n✓ flush \d .*\nIn the errant queue: 0 records\nStopped\.\n$/);
  const before = await topic.committed(group);
  const written = before.reduce((sum, offset) => sum + Math.max(offset, 0), 0);
  expect(written).toBeGreaterThan(0);
  expect(written).toBeLessThan(count);
  expect(accountOf(org, count)).toMatchObject({ rows: written, repeated: [] });

  const second = givenRunner(topic, { org, group, options: runnerOptions });
  await shows(second, / {2}lag 0\n/, 60_000);
  expect(await second.interrupt()).toBe(0);
  expect(await topic.committed(group)).toEqual(await topic.ends());
  expect(accountOf(org, count)).toEqual(once(count));
});

test('a second Ctrl-C kills what is in flight; nothing of it is committed', async () => {
  const topic = await givenTopic();
  await topic.produce(contacts(count, 1));
  const org = await givenOrg('slow');
  const group = `stop-${randomUUID()}`;
  const runner = givenRunner(topic, { org, group, options: runnerOptions });
  await expect.poll(() => org.jobs().length, { timeout: 60_000 }).toBeGreaterThan(0);
  void runner.interrupt();
  await shows(runner, /Ctrl-C again kills them/);
  await new Promise((later) => setTimeout(later, 500));

  expect(await runner.interrupt()).toBe(130);
  expect(await topic.committed(group)).toEqual([-1]);
});

test('a source that has left its group waits for nothing more', async () => {
  const waits: AbortSignal[] = [];
  const source = kafkaSource({
    ...{ access: plainAccess(cluster().brokers), topics: ['any'], group: 'any' },
    from: 'TRIM_HORIZON',
    sleep: (ms, signal) => {
      waits.push(signal);
      return sleep(ms, signal);
    },
  });
  await source.close();

  expect(waits.map(({ aborted }) => aborted)).toEqual([true]);
});
