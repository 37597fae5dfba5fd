import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasPart } from '../support/parts.ts';
import { javaProblem } from './given/java.ts';
import { type Broker, startBrokers } from './given/kafka/broker.ts';
import { javaPrograms } from './given/kafka/programs.ts';
import { accountOf, contacts, givenOrg, once } from './given/org.ts';
import { givenRunner, shows } from './given/runner.ts';
import { givenTopic, type Topic } from './given/topic.ts';

const count = 3000;
const wait = { timeout: 120_000, interval: 250 };
const runnerOptions = ['--window', '0', '--batch-size', '200'];

const problem = await javaProblem();

/** The broker that leads the first partition: its id, from 1. */
async function leaderOf({ admin, name }: Topic): Promise<number> {
  const { topics } = await admin.metadata({ topics: [name], forceUpdate: true });
  return topics.get(name)?.partitions[0]?.leader ?? 0;
}

describe.runIf(hasPart('kafka', problem))('a cluster of three brokers', () => {
  let brokers: Broker[];
  beforeAll(async () => {
    brokers = await startBrokers(await javaPrograms(), 3);
  });
  afterAll(() => Promise.all(brokers.map((broker) => broker.stop())));

  test('one that is killed while batches flow costs no record, and with the ledger none comes twice', async () => {
    const addresses = brokers.map(({ ports }) => `localhost:${ports.plain}`);
    const topic = await givenTopic({ partitions: 6, replicas: 3, brokers: addresses });
    await topic.produce(contacts(count, topic.partitions));
    const org = await givenOrg();
    org.configure({ queueMs: 300, chunkMs: 50 });
    const group = `three-${randomUUID()}`;
    const runner = givenRunner(topic, { org, group, options: runnerOptions });
    await shows(runner, /✓ flush 2 /);
    const killed = brokers[(await leaderOf(topic)) - 1];
    await killed?.kill();
    // Its partitions have another leader, without it.
    await expect.poll(() => leaderOf(topic).then((id) => brokers[id - 1]), wait).not.toBe(killed);
    await topic.produce(contacts(count, topic.partitions, count));
    org.configure({ queueMs: 0, chunkMs: 1 });
    const half = (2 * count) / topic.partitions;
    const ends = Array.from({ length: topic.partitions }, () => half);
    await expect.poll(() => topic.committed(group).catch(String), wait).toEqual(ends);

    expect(await runner.interrupt()).toBe(0);
    expect(accountOf(org, 2 * count)).toEqual(once(2 * count));
  });
});
