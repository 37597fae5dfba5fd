import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { expect, onTestFinished, test } from 'vitest';
import { localClient } from '../../../local/aws/local-client.ts';
import { readOptions } from '../../../local/runner/options.ts';
import { startRunEnvironment } from '../../../local/runner/run-environment.ts';
import { UsageError } from '../../../local/runner/usage-error.ts';

type Variables = Record<string, string>;

/** The environment of a run with these options and environment variables. */
async function given(args: readonly string[] = [], environment: Variables = {}) {
  const needed = ['--brokers', 'localhost:9092', '--topic', 'contacts'];
  const options = readOptions([...needed, ...args], environment);
  const run = await startRunEnvironment(options!, environment);
  onTestFinished(() => run.close());
  return { ...run, environment: run.functionSettings.environment };
}

const ledgerElsewhere = {
  LEDGER_TABLE: 'jobs',
  AWS_ENDPOINT_URL_DYNAMODB: 'http://localhost:8000',
};
const queueElsewhere = {
  ERRANT_QUEUE_URL: 'http://localhost:9324/000000000000/errant',
  AWS_ENDPOINT_URL_SQS: 'http://localhost:9324',
};

test('the function has a ledger and an errant queue of the run, as a deployed one has', async () => {
  const { environment, errantQueue, ledger } = await given();

  expect(environment).toMatchObject({
    LEDGER_TABLE: 'msk-salesforce-sink-ledger',
    AWS_ENDPOINT_URL_DYNAMODB: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    ERRANT_QUEUE_URL: errantQueue?.queueUrl,
    AWS_ENDPOINT_URL_SQS: errantQueue?.url,
  });
  expect(ledger).toBe('on, empty at the start of each run');
});

test('--ledger off leaves out the ledger alone', async () => {
  const { environment, errantQueue, ledger } = await given(['--ledger', 'off']);

  expect(environment).not.toHaveProperty('LEDGER_TABLE');
  expect(environment).toMatchObject({ ERRANT_QUEUE_URL: errantQueue?.queueUrl });
  expect(ledger).toBe('off');
});

test('emulations that run elsewhere on this machine are taken from the environment', async () => {
  const { environment, errantQueue, ledger } = await given([], {
    ...ledgerElsewhere,
    ...queueElsewhere,
  });

  expect(environment).toMatchObject({ ...ledgerElsewhere, ...queueElsewhere });
  expect(errantQueue).toBe(null);
  expect(ledger).toBe('jobs at http://localhost:8000');
});

test.each([
  [
    'a table without an endpoint',
    [],
    { LEDGER_TABLE: 'jobs' },
    'AWS_ENDPOINT_URL_DYNAMODB is no address',
  ],
  [
    'a table of AWS',
    [],
    { ...ledgerElsewhere, AWS_ENDPOINT_URL_DYNAMODB: 'https://dynamodb.eu-west-1.amazonaws.com' },
    'A local run uses no AWS account',
  ],
  [
    'a queue without an endpoint',
    [],
    { ERRANT_QUEUE_URL: queueElsewhere.ERRANT_QUEUE_URL },
    'AWS_ENDPOINT_URL_SQS is no address',
  ],
  ['a table that is switched off', ['--ledger', 'off'], ledgerElsewhere, 'leave out one of them'],
  ['an upload in one call', [], { UPLOAD_MODE: 'multipart' }, 'LEDGER_TABLE'],
] as const)(
  '%s is refused before anything is started',
  async (_what, args, environment, message) => {
    const asked = given(args, environment);

    await expect(asked).rejects.toThrow(UsageError);
    await expect(asked).rejects.toThrow(message);
  },
);

test('an upload in one call is taken with --ledger off', async () => {
  const { environment } = await given(['--ledger', 'off'], { UPLOAD_MODE: 'multipart' });

  expect(environment).toMatchObject({ UPLOAD_MODE: 'multipart' });
});

test("a Schema Registry's login is in the secret, and never in the function's environment", async () => {
  const { environment } = await given([], {
    SCHEMA_REGISTRY_URL: 'http://localhost:8081',
    SCHEMA_REGISTRY_USER: 'reader',
    SCHEMA_REGISTRY_PASSWORD: 'pin-4711',
  });
  const endpoint = environment['AWS_ENDPOINT_URL_SECRETS_MANAGER'] ?? '';
  const client = new SecretsManagerClient({ ...localClient, endpoint });
  onTestFinished(() => client.destroy());
  const SecretId = environment['SALESFORCE_SECRET_ID'];
  const { SecretString = '' } = await client.send(new GetSecretValueCommand({ SecretId }));

  expect(JSON.parse(SecretString)).toEqual({
    clientId: 'local-client',
    clientSecret: 'local-secret',
    schemaRegistryUser: 'reader',
    schemaRegistryPassword: 'pin-4711',
  });
  expect(environment).toMatchObject({ SCHEMA_REGISTRY_URL: 'http://localhost:8081' });
  expect(JSON.stringify(environment)).not.toMatch(/reader|pin-4711/);
});
