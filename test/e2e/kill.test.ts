import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { accountOf, contacts, expectNothingLost, givenOrg, once } from './given/org.ts';
import { givenRunner, shows } from './given/runner.ts';
import { givenTopic } from './given/topic.ts';

const COUNT = 2000;
const OPTIONS = ['--window', '0', '--batch-size', '500', '--concurrency', '1'];
const WAIT = { timeout: 60_000, interval: 250 };

/** A job that is under way, so that whoever waits for it can be killed in the middle. */
const IN_PROGRESS = expect.arrayContaining(['InProgress']);

test('a function killed in the middle of a job loses nothing: its batch comes again', async () => {
  const topic = await givenTopic({ partitions: 2 });
  await topic.produce(contacts(COUNT, topic.partitions));
  const org = await givenOrg('lifelike');
  const group = `kill-${randomUUID()}`;
  const runner = givenRunner(topic, { org, group, options: OPTIONS });
  await expect.poll(() => org.jobs().map(({ state }) => state), WAIT).toEqual(IN_PROGRESS);
  expect(await runner.killFunction()).toBe(true);
  await shows(runner, /✗ flush \d+ .*signal: killed/);
  org.configure({ queueMs: 0, chunkMs: 1 });
  await expect.poll(() => topic.committed(group), WAIT).toEqual(await topic.ends());

  expect(await runner.interrupt()).toBe(0);
  const repeated = expectNothingLost(org, COUNT);
  // The job ran on without anybody: at least once, for an insert without ids, means some twice.
  expect(repeated).toBeGreaterThan(0);
  expect(repeated).toBeLessThanOrEqual(500);
});

test('a runner killed in the middle of a job has committed nothing of it; the next loses nothing', async () => {
  const topic = await givenTopic({ partitions: 2 });
  await topic.produce(contacts(COUNT, topic.partitions));
  const org = await givenOrg('lifelike');
  // So slow that the job cannot end between the look at it and the kill.
  org.configure({ chunkMs: 5_000 });
  const group = `kill-${randomUUID()}`;
  const first = givenRunner(topic, { org, group, options: OPTIONS });
  await expect.poll(() => org.jobs().map(({ state }) => state), WAIT).toEqual(IN_PROGRESS);
  await first.kill();
  expect(await topic.committed(group)).toEqual([-1, -1]);
  org.configure({ queueMs: 0, chunkMs: 1 });
  const second = givenRunner(topic, { org, group, options: OPTIONS });
  await expect.poll(() => topic.committed(group), WAIT).toEqual(await topic.ends());

  expect(await second.interrupt()).toBe(0);
  expectNothingLost(org, COUNT);
});

test('a function at its time-out aborts its job, and its batch comes again', async () => {
  const topic = await givenTopic();
  await topic.produce(contacts(300, 1));
  const org = await givenOrg('slow');
  const group = `kill-${randomUUID()}`;
  const options = [...OPTIONS, '--timeout', '5'];
  const runner = givenRunner(topic, { org, group, options });
  await shows(runner, /✗ flush 1 .*JOB_STILL_RUNNING/);
  expect(org.jobs().map(({ state }) => state)).toContain('Aborted');
  expect(await topic.committed(group)).toEqual([-1]);
  org.configure({ queueMs: 0, chunkMs: 1, replyMs: 0 });
  await expect.poll(() => topic.committed(group), WAIT).toEqual([300]);

  expect(await runner.interrupt()).toBe(0);
  expectNothingLost(org, 300);
});

test('a flush that Salesforce fails is delivered again, and each record is there once', async () => {
  const topic = await givenTopic({ partitions: 2 });
  await topic.produce(contacts(COUNT, topic.partitions));
  const org = await givenOrg();
  org.fault({ call: 'create', action: { kind: 'status', status: 503 }, times: null });
  const group = `kill-${randomUUID()}`;
  const environment = { SALESFORCE_MAX_RETRIES: '0' };
  const runner = givenRunner(topic, { org, group, options: OPTIONS, environment });
  await shows(runner, /✗ flush 1 .*\n.*the same records again in 1\.0 s/);
  expect(await topic.committed(group)).toEqual([-1, -1]);
  org.reset();
  await expect.poll(() => topic.committed(group), WAIT).toEqual(await topic.ends());

  expect(await runner.interrupt()).toBe(0);
  expect(accountOf(org, COUNT)).toEqual(once(COUNT));
});
