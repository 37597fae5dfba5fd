import { randomUUID } from 'node:crypto';
import { createServer } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { hasPart } from '../support/parts.ts';
import { cluster } from './given/cluster.ts';
import { authority } from './given/kafka/authority.ts';
import { user } from './given/kafka/broker-files.ts';
import { accountOf, contacts, givenOrg, once } from './given/org.ts';
import { givenRunner, startRunner } from './given/runner.ts';
import { givenTopic } from './given/topic.ts';

const count = 50;
const { doors, noDoors } = cluster();
const userPassword = { KAFKA_PASSWORD: user.password };

const sasl = (mechanism: string) => ['--sasl', mechanism, '--username', user.username];

describe.runIf(hasPart('kafka', noDoors))('a broker with a password and a certificate', () => {
  test.each([
    ['SASL PLAIN', 'sasl', sasl('PLAIN')],
    ['SASL SCRAM-SHA-256', 'sasl', sasl('SCRAM-SHA-256')],
    ['SASL SCRAM-SHA-512', 'sasl', sasl('SCRAM-SHA-512')],
    ['TLS', 'tls', []],
    ['SASL SCRAM-SHA-512 over TLS', 'saslTls', sasl('SCRAM-SHA-512')],
  ] as const)('is read with %s', async (_name, door, options) => {
    const topic = await givenTopic();
    await topic.produce(contacts(count, 1));
    const org = await givenOrg();
    const group = `access-${randomUUID()}`;
    const tls = door === 'sasl' ? [] : ['--tls', '--ca', authority()];
    const behind = { ...topic, brokers: [doors?.[door] ?? ''] };
    const runner = givenRunner(behind, {
      ...{ org, group, environment: userPassword },
      options: [...options, ...tls, '--window', '0'],
    });
    await expect.poll(() => topic.committed(group), { timeout: 60_000 }).toEqual([count]);

    expect(await runner.interrupt()).toBe(0);
    expect(accountOf(org, count)).toEqual(once(count));
  });

  test.each([
    [
      'a wrong password',
      'sasl',
      sasl('SCRAM-SHA-512'),
      'rejects the password of ann (SCRAM-SHA-512)',
    ],
    ['a wrong password', 'sasl', sasl('PLAIN'), 'rejects the password of ann (PLAIN)'],
    [
      'a certificate of an unknown authority',
      'tls',
      ['--tls'],
      'Name its authority with --ca FILE',
    ],
    ['TLS that is not asked for', 'tls', [], 'Add --tls'],
    [
      'a password that is not asked for',
      'sasl',
      [],
      'Check that it is a Kafka broker, and whether it needs --sasl or --tls',
    ],
  ] as const)('%s is reported in one line (%s)', async (_name, door, options, message) => {
    const topic = await givenTopic();
    const brokers = doors?.[door] ?? '';
    const runner = startRunner(['--brokers', brokers, '--topic', topic.name, ...options], {
      KAFKA_PASSWORD: 'not the password',
    });

    expect(await runner.ended).toBe(1);
    expect(runner.output().trimEnd().split('\n')).toEqual([expect.stringContaining(message)]);
    expect(runner.output()).toContain(brokers);
    expect(runner.output()).not.toContain('not the password');
  });
});

test('a topic that does not exist is reported in one line', async () => {
  const brokers = cluster().brokers.join(',');
  const runner = startRunner(['--brokers', brokers, '--topic', 'nowhere-to-be-found']);

  expect(await runner.ended).toBe(1);
  expect(runner.output()).toBe(
    `There is no topic nowhere-to-be-found on ${brokers}. Create it, or check --topic.\n`,
  );
});

test.each([
  ['a port without a broker', 'localhost:1', 'No broker listens on localhost:1.'],
  [
    'a host that does not exist',
    'no-such-host.invalid:9092',
    'The host of no-such-host.invalid:9092 cannot be resolved',
  ],
])('%s is reported in one line', async (_name, brokers, message) => {
  const runner = startRunner(['--brokers', brokers, '--topic', 'contacts']);

  expect(await runner.ended).toBe(1);
  expect(runner.output().trimEnd().split('\n')).toEqual([expect.stringContaining(message)]);
});

test('a server that is no broker is reported in one line', async () => {
  const server = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const runner = startRunner(['--brokers', `127.0.0.1:${port}`, '--topic', 'contacts']);

  expect(await runner.ended).toBe(1);
  expect(runner.output().trimEnd().split('\n')).toEqual([
    expect.stringContaining('Check that it is a Kafka broker'),
  ]);
});
