import { randomUUID } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { startLedgerTable } from '../../local/aws/ledger-table.ts';
import { accountOf, contacts, expectNothingLost, givenOrg, once } from './given/org.ts';
import { givenRunner, shows } from './given/runner.ts';
import { givenTopic } from './given/topic.ts';

const count = 2000;
const runnerOptions = ['--window', '0', '--batch-size', '500', '--concurrency', '1'];
const wait = { timeout: 60_000, interval: 250 };

/** A topic of contacts in two partitions, an org that takes its time, and a group. */
async function given() {
  const topic = await givenTopic({ partitions: 2 });
  await topic.produce(contacts(count, topic.partitions));
  return { topic, org: await givenOrg('lifelike'), group: `kill-${randomUUID()}` };
}

/** A job that is under way, so that its waiter can be killed in the middle. */
const inProgress = expect.arrayContaining(['InProgress']);

test('a function killed in the middle of a job is continued from the ledger, and each record is there once', async () => {
  const { topic, org, group } = await given();
  const runner = givenRunner(topic, { org, group, options: [...runnerOptions, '--verbose'] });
  await expect.poll(() => org.jobs().map(({ state }) => state), wait).toEqual(inProgress);
  expect(await runner.killFunction()).toBe(true);
  await shows(runner, /✗ flush \d+ .*signal: killed/);
  org.configure({ queueMs: 0, chunkMs: 1 });
  await expect.poll(() => topic.committed(group), wait).toEqual(await topic.ends());

  expect(await runner.interrupt()).toBe(0);
  expect(runner.output()).toContain('"job found again"');
  expect(accountOf(org, count)).toEqual(once(count));
});

test('without a ledger, a function killed in the middle of a job loses nothing: its batch comes again', async () => {
  const { topic, org, group } = await given();
  const options = [...runnerOptions, '--ledger', 'off'];
  const runner = givenRunner(topic, { org, group, options });
  await expect.poll(() => org.jobs().map(({ state }) => state), wait).toEqual(inProgress);
  expect(await runner.killFunction()).toBe(true);
  await shows(runner, /✗ flush \d+ .*signal: killed/);
  org.configure({ queueMs: 0, chunkMs: 1 });
  await expect.poll(() => topic.committed(group), wait).toEqual(await topic.ends());

  expect(await runner.interrupt()).toBe(0);
  const repeated = expectNothingLost(org, count);
  // The job ran on without anybody: at least once, for an insert without ids, means some twice.
  expect(repeated).toBeGreaterThan(0);
  expect(repeated).toBeLessThanOrEqual(500);
});

test('a runner killed in the middle of a job has committed nothing of it; the next continues from a ledger that outlives it', async () => {
  const { topic, org, group } = await given();
  // So slow that the job cannot end between the look at it and the kill.
  org.configure({ chunkMs: 5_000 });
  const ledger = await startLedgerTable();
  onTestFinished(() => ledger.close());
  const environment = { LEDGER_TABLE: ledger.tableName, AWS_ENDPOINT_URL_DYNAMODB: ledger.url };
  const first = givenRunner(topic, { org, group, environment, options: runnerOptions });
  await expect.poll(() => org.jobs().map(({ state }) => state), wait).toEqual(inProgress);
  await first.kill();
  expect(await topic.committed(group)).toEqual([-1, -1]);
  org.configure({ queueMs: 0, chunkMs: 1 });
  const second = givenRunner(topic, { org, group, environment, options: runnerOptions });
  await expect.poll(() => topic.committed(group), wait).toEqual(await topic.ends());

  expect(await second.interrupt()).toBe(0);
  expect(accountOf(org, count)).toEqual(once(count));
});

test('without a ledger, a function at its timeout aborts its job, and its batch comes again', async () => {
  const topic = await givenTopic();
  await topic.produce(contacts(300, 1));
  const org = await givenOrg('slow');
  const group = `kill-${randomUUID()}`;
  const options = [...runnerOptions, '--timeout', '5', '--ledger', 'off'];
  const runner = givenRunner(topic, { org, group, options });
  await shows(runner, /✗ flush 1 .*JOB_STILL_RUNNING/);
  expect(org.jobs().map(({ state }) => state)).toContain('Aborted');
  expect(await topic.committed(group)).toEqual([-1]);
  org.configure({ queueMs: 0, chunkMs: 1, replyMs: 0 });
  await expect.poll(() => topic.committed(group), wait).toEqual([300]);

  expect(await runner.interrupt()).toBe(0);
  expectNothingLost(org, 300);
});

test('a flush that Salesforce fails is delivered again, and each record is there once', async () => {
  const topic = await givenTopic({ partitions: 2 });
  await topic.produce(contacts(count, topic.partitions));
  const org = await givenOrg();
  org.fault({ call: 'create', action: { kind: 'status', status: 503 }, times: null });
  const group = `kill-${randomUUID()}`;
  const environment = { SALESFORCE_MAX_RETRIES: '0' };
  const runner = givenRunner(topic, { org, group, options: runnerOptions, environment });
  await shows(runner, /✗ flush 1 .*\n.*redelivery in 1\.0 s/);
  expect(await topic.committed(group)).toEqual([-1, -1]);
  org.reset();
  await expect.poll(() => topic.committed(group), wait).toEqual(await topic.ends());

  expect(await runner.interrupt()).toBe(0);
  expect(accountOf(org, count)).toEqual(once(count));
});
