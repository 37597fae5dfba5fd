import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { hasPart } from '../support/parts.ts';
import { cluster } from './given/cluster.ts';
import { type Broker, startBroker } from './given/kafka/broker.ts';
import { user } from './given/kafka/broker-files.ts';
import { findPrograms } from './given/kafka/programs.ts';
import { givenMapping, returnedOutcome, textOf, threwOutcome } from './given/mapping.ts';
import { accountOf, contacts, givenOrg, once } from './given/org.ts';
import { givenRunner } from './given/runner.ts';
import { givenTopic } from './given/topic.ts';

// The first run fetches the broker.
vi.setConfig({ hookTimeout: 600_000 });

const wait = { timeout: 60_000 };

/** The last version before 4, which removed old protocol versions; clusters still run it. */
const olderVersion = '3.9.2';

// Against a broker that KAFKA_BROKERS names, the suite starts none.
describe.runIf(hasPart('kafka', cluster().noDoors))(`Apache Kafka ${olderVersion}`, () => {
  let broker: Broker;
  let brokers: string[];
  beforeAll(async () => {
    broker = await startBroker(await findPrograms(olderVersion));
    brokers = [`localhost:${broker.ports.plain}`];
  });
  afterAll(() => broker.stop());

  test('is read with SCRAM over TLS, each record once', async () => {
    const topic = await givenTopic({ partitions: 3, brokers });
    await topic.produce(contacts(500, topic.partitions));
    const org = await givenOrg();
    const group = `older-${randomUUID()}`;
    const directory = mkdtempSync(join(tmpdir(), 'older-authority-'));
    onTestFinished(() => rmSync(directory, { recursive: true }));
    writeFileSync(join(directory, 'ca.pem'), broker.certificate);
    const sasl = ['--sasl', 'SCRAM-SHA-512', '--username', user.username];
    const options = [...sasl, '--tls', '--ca', join(directory, 'ca.pem'), '--window', '0'];
    const behind = { ...topic, brokers: [`localhost:${broker.ports.saslTls}`] };
    const environment = { KAFKA_PASSWORD: user.password };
    const runner = givenRunner(behind, { org, group, environment, options });
    await expect.poll(() => topic.committed(group), wait).toEqual(await topic.ends());

    expect(await runner.interrupt()).toBe(0);
    expect(accountOf(org, 500)).toEqual(once(500));
  });

  test('gives a batch that throws again, and takes its commit once it returns', async () => {
    const topic = await givenTopic({ brokers });
    await topic.produce([{ value: 'first' }, { value: 'second' }]);
    const outcomes = [threwOutcome, returnedOutcome];
    const mapping = givenMapping(topic, {
      ...{ maxRecords: 2, windowMs: 60_000 },
      invoke: async () => outcomes.shift() ?? returnedOutcome,
    });
    await expect.poll(() => topic.committed(mapping.group), wait).toEqual([2]);

    expect(mapping.records().map(textOf)).toEqual(['first', 'second', 'first', 'second']);
  });

  test('keeps records of aborted transactions out', async () => {
    const topic = await givenTopic({ brokers });
    const aborted = await topic.transactions()([{ value: 'aborted' }]);
    await aborted.abort();
    const committed = await topic.transactions()([{ value: 'committed' }]);
    await committed.commit();
    const mapping = givenMapping(topic);
    await expect.poll(() => topic.committed(mapping.group), wait).toEqual([4]);

    expect(mapping.records().map(textOf)).toEqual(['committed']);
  });
});
