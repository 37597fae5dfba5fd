import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { contacts, expectNothingLost, givenOrg } from './given/org.ts';
import { givenRunner, type Runner, shows } from './given/runner.ts';
import { givenTopic } from './given/topic.ts';

const count = 18_000;
const wait = { timeout: 120_000, interval: 250 };

/** Flushes that are short, and enough of them that every change of the group falls among them. */
const runnerOptions = ['--window', '0', '--batch-size', '200', '--verbose'];
const pace = { queueMs: 300, chunkMs: 50, replyMs: 0 };

const partitionsOf = (runner: Runner) =>
  [...runner.output().matchAll(/^reading (.*)$/gm)].at(-1)?.[1]?.split(' ').length ?? 0;

test('a second runner that joins and leaves again, in order or killed, loses nothing', async () => {
  const topic = await givenTopic({ partitions: 6 });
  await topic.produce(contacts(count, topic.partitions));
  const org = await givenOrg();
  org.configure(pace);
  const group = `rebalance-${randomUUID()}`;
  const run = () => givenRunner(topic, { org, group, options: runnerOptions });
  const first = run();
  await shows(first, /✓ flush 1 /);

  const second = run();
  await shows(second, /✓ flush 1 /);
  await expect.poll(() => [first, second].map(partitionsOf), wait).toEqual([3, 3]);
  expect(await second.interrupt()).toBe(0);
  await expect.poll(() => partitionsOf(first), wait).toBe(6);

  const third = run();
  await shows(third, /✓ flush 1 /);
  await third.kill();
  await expect.poll(() => partitionsOf(first), wait).toBe(6);

  org.configure({ queueMs: 0, chunkMs: 1 });
  await expect.poll(() => topic.committed(group), wait).toEqual(await topic.ends());
  expect(await first.interrupt()).toBe(0);
  expectNothingLost(org, count);
});
