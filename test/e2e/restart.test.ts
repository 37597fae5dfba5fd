import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasPart } from '../support/parts.ts';
import { cluster } from './given/cluster.ts';
import { type Broker, startBroker } from './given/kafka/broker.ts';
import { findPrograms } from './given/kafka/programs.ts';
import { contacts, expectNothingLost, givenOrg } from './given/org.ts';
import { givenRunner, shows } from './given/runner.ts';
import { givenTopic } from './given/topic.ts';

const count = 6000;
const wait = { timeout: 120_000, interval: 250 };
const runnerOptions = ['--window', '0', '--batch-size', '200'];

// A broker started outside the suite is not the suite's to stop.
describe.runIf(hasPart('kafka', cluster().noDoors))('a broker of its own', () => {
  let broker: Broker;
  beforeAll(async () => {
    broker = await startBroker(await findPrograms());
  });
  afterAll(() => broker.stop());

  test.each(['kill', 'shutDown'] as const)(
    'a broker that is gone for a while (%s) costs no record, and the runner continues',
    async (how) => {
      const brokers = [`localhost:${broker.ports.plain}`];
      const topic = await givenTopic({ partitions: 3, brokers });
      await topic.produce(contacts(count, topic.partitions));
      const org = await givenOrg();
      org.configure({ queueMs: 300, chunkMs: 50 });
      const group = `restart-${randomUUID()}`;
      const runner = givenRunner(topic, { org, group, options: runnerOptions });
      await shows(runner, /✓ flush 2 /);
      await broker[how]();
      await shows(runner, /cannot (read the topic|commit offsets): /);
      await broker.start();
      await shows(
        runner,
        /can (read the topic|commit offsets|join the consumer group) again/,
        60_000,
      );
      org.configure({ queueMs: 0, chunkMs: 1 });
      await expect.poll(() => topic.committed(group), wait).toEqual(await topic.ends());

      expect(await runner.interrupt()).toBe(0);
      expectNothingLost(org, count);
    },
  );
});
