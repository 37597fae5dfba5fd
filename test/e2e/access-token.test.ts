import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { checkCluster } from '../../local/kafka-consumer/check-cluster.ts';
import { failureCodes } from '../../local/kafka-consumer/failure.ts';
import { hasPart } from '../support/parts.ts';
import { runTry } from '../support/try-command.ts';
import { cluster } from './given/cluster.ts';
import { authority } from './given/kafka/authority.ts';
import { givenRecorder } from './given/kafka/recorder.ts';
import { givenTokenFile } from './given/kafka/token-file.ts';
import { accountOf, contacts, givenOrg, once } from './given/org.ts';
import { givenRunner, startRunner } from './given/runner.ts';
import { givenTopic } from './given/topic.ts';

const { doors, noDoors } = cluster();
const count = 50;
const oauth = (file: string) => ['--sasl', 'OAUTHBEARER', '--token-file', file];
const iam = ['--sasl', 'AWS_MSK_IAM', '--region', 'eu-west-1'];

const dummyCredentials = {
  AWS_ACCESS_KEY_ID: 'AKIADUMMY',
  AWS_SECRET_ACCESS_KEY: 'dummy-secret',
} as const;

/** No credentials from this machine. */
const noOtherCredentials = {
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_CONFIG_FILE: '/dev/null',
  AWS_EC2_METADATA_DISABLED: 'true',
} as const;

describe.runIf(hasPart('kafka', noDoors))('a broker that takes tokens', () => {
  test.each(['sasl', 'saslTls'] as const)('is read with OAUTHBEARER (%s)', async (door) => {
    const topic = await givenTopic();
    await topic.produce(contacts(count, 1));
    const org = await givenOrg();
    const group = `access-${randomUUID()}`;
    const file = givenTokenFile(3600);
    const tls = door === 'sasl' ? [] : ['--tls', '--ca', authority()];
    const behind = { ...topic, brokers: [doors?.[door] ?? ''] };
    const options = [...oauth(file.path), ...tls, '--window', '0'];
    const runner = givenRunner(behind, { org, group, options });
    await expect.poll(() => topic.committed(group), { timeout: 60_000 }).toEqual([count]);

    expect(await runner.interrupt()).toBe(0);
    expect(accountOf(org, count)).toEqual(once(count));
    expect(runner.output()).not.toContain(file.tokens[0]);
  });

  test('is read for longer than a token is valid, while its file is renewed', async () => {
    const topic = await givenTopic();
    const org = await givenOrg();
    const group = `access-${randomUUID()}`;
    const file = givenTokenFile(10);
    const behind = { ...topic, brokers: [doors?.sasl ?? ''] };
    const options = [...oauth(file.path), '--window', '0'];
    const runner = givenRunner(behind, { org, group, options });
    const rounds = 10;
    const all = contacts(count, 1);
    for (let round = 0; round < rounds; round += 1) {
      await topic.produce(all.slice((round * count) / rounds, ((round + 1) * count) / rounds));
      await sleep(3000);
      file.renew();
    }
    await expect.poll(() => topic.committed(group), { timeout: 60_000 }).toEqual([count]);

    expect(await runner.interrupt()).toBe(0);
    expect(accountOf(org, count)).toEqual(once(count));
    expect(runner.output()).not.toContain('cannot');
  });

  test('is read by npm run try', async () => {
    const topic = await givenTopic();
    await topic.produce(contacts(3, 1));
    const where = ['--brokers', doors?.sasl ?? '', '--topic', topic.name];
    const { status, stdout } = runTry([...where, ...oauth(givenTokenFile(3600).path)]);
    expect([status, stdout]).toEqual([0, expect.stringContaining('3 records: 3 rows')]);
  });

  test('an expired token is reported in one line', async () => {
    const topic = await givenTopic();
    const file = givenTokenFile(-60);
    const where = ['--brokers', doors?.sasl ?? '', '--topic', topic.name];
    const runner = startRunner([...where, ...oauth(file.path)]);

    expect(await runner.ended).toBe(1);
    expect(runner.output()).toBe(
      `${doors?.sasl} rejects the token in ${file.path} (OAUTHBEARER). Check that it is for this cluster and has not expired, and write a new one.\n`,
    );
  });

  test('a token that expires during a run, and is not renewed, ends it with such a line', async () => {
    const topic = await givenTopic();
    const org = await givenOrg();
    const file = givenTokenFile(10);
    const behind = { ...topic, brokers: [doors?.sasl ?? ''] };
    const group = `access-${randomUUID()}`;
    const runner = givenRunner(behind, { org, group, options: oauth(file.path) });

    expect(await runner.ended, runner.output()).toBe(1);
    const lines = runner.output().trimEnd().split('\n');
    expect(lines.slice(-2)).toEqual([
      `reading ${topic.name}-0`,
      expect.stringContaining(`rejects the token in ${file.path} (OAUTHBEARER).`),
    ]);
    expect(runner.output()).not.toContain(file.tokens[0]);
  });

  test.each([
    ['refused AWS credentials are', dummyCredentials, 'rejects the AWS credentials'],
    ['no AWS credentials are', {}, 'There are no AWS credentials for --sasl AWS_MSK_IAM'],
  ])('%s reported in one line', async (_name, credentials, message) => {
    const topic = await givenTopic();
    const where = ['--brokers', doors?.saslTls ?? '', '--topic', topic.name];
    const runner = startRunner([...where, ...iam, '--ca', authority()], {
      ...noOtherCredentials,
      ...credentials,
    });

    expect(await runner.ended).toBe(1);
    expect(runner.output().trimEnd().split('\n')).toEqual([expect.stringContaining(message)]);
    expect(runner.output()).not.toMatch(/dummy-secret|aHR0cHM6Ly9rYWZrYS/);
  });

  test('receives what the signer makes: a URL for kafka-cluster:Connect in the region', async () => {
    onTestFinished(() => void vi.unstubAllEnvs());
    const environment = { ...noOtherCredentials, ...dummyCredentials };
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
    const recorder = await givenRecorder(Number(doors?.sasl.split(':')[1]));
    const sasl = { mechanism: 'AWS_MSK_IAM', region: 'eu-west-1' } as const;
    const access = { brokers: [recorder.address], tls: null, sasl };
    const error = await checkCluster(access, []).catch((reason: unknown) => reason);

    const [, token = ''] = /auth=Bearer ([\w-]+)/.exec(recorder.sent().toString()) ?? [];
    const url = new URL(Buffer.from(token, 'base64url').toString());
    expect(url.host).toBe('kafka.eu-west-1.amazonaws.com');
    expect(url.searchParams.get('Action')).toBe('kafka-cluster:Connect');
    expect(url.searchParams.get('X-Amz-Credential')).toContain('/eu-west-1/kafka-cluster/');
    // The broker has no IAM: it takes the token for a JWT, and refuses it.
    expect(recorder.answered().toString()).toContain('{"status":"invalid_token"}');
    expect(failureCodes(error)).toContain('SASL_AUTHENTICATION_FAILED');
  });
});
