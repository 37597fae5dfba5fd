import { PassThrough } from 'node:stream';
import {
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  RestoreSecretCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { chosenSecret } from '../../../infra/secret/chosen-secret.ts';
import { keyRemark } from '../../../infra/secret/key-remark.ts';
import { readCredentials } from '../../../infra/secret/prompt.ts';
import { storeSecret } from '../../../infra/secret/store.ts';
import { type SecretsManager, startSecretsManager } from '../../../local/aws/secrets-manager.ts';
import { sampleKeyArn, stageWith } from '../given.ts';

const secretName = 'msk-salesforce-sink/dev/salesforce';
const secret = { name: secretName, keyArn: null };
const remedy = `aws secretsmanager update-secret --secret-id ${secretName} --kms-key-id ${sampleKeyArn}`;
const sampleCredentials = { clientId: 'the-id', clientSecret: 'the-secret' };

let server: SecretsManager;
let client: SecretsManagerClient;
beforeEach(async () => {
  server = await startSecretsManager();
  client = new SecretsManagerClient({
    endpoint: server.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
});
afterEach(async () => {
  client.destroy();
  await server.close();
});

/** A stream that readline takes for a terminal, and what was shown on the other one. */
function terminal() {
  const shown: string[] = [];
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => input });
  const output = new PassThrough().on('data', (chunk: Buffer) => shown.push(chunk.toString()));
  return { input, output, shown: () => shown.join('') };
}

function pipe(content: string) {
  const input = new PassThrough();
  input.end(content);
  return readCredentials({ input, output: new PassThrough(), hasRegistry: true });
}

test('both may be pasted at once', async () => {
  const { input, output } = terminal();
  const credentials = readCredentials({ input, output, hasRegistry: false });
  input.write('the-id\rthe-secret\r');

  expect(await credentials).toEqual(sampleCredentials);
});

test('a terminal is asked for both, and shows neither', async () => {
  const { input, output, shown } = terminal();
  const credentials = readCredentials({ input, output, hasRegistry: false });
  input.write('the-id\r');
  await expect.poll(shown).toContain('Client secret');
  input.write('the-secreX\u007ft\r');

  expect(await credentials).toEqual(sampleCredentials);
  expect(shown()).toBe('Client id (not shown): \nClient secret (not shown): \n');
});

test('a terminal is asked for the login of a registry, which may be left empty', async () => {
  const { input, output, shown } = terminal();
  const credentials = readCredentials({ input, output, hasRegistry: true });
  input.write('the-id\rthe-secret\rreader\rpass\r');
  const login = { schemaRegistryUser: 'reader', schemaRegistryPassword: 'pass' };
  expect(await credentials).toEqual({ ...sampleCredentials, ...login });
  expect(shown()).not.toMatch(/reader|pass\b/);

  const other = terminal();
  const without = readCredentials({ input: other.input, output: other.output, hasRegistry: true });
  other.input.write('the-id\rthe-secret\r\r');
  expect(await without).toEqual(sampleCredentials);
});

test('the login of a registry is asked for where a sink of the secret has one', () => {
  expect(chosenSecret(stageWith({}), null)).toMatchObject({ hasRegistry: false });
  const settings = { SCHEMA_REGISTRY_URL: 'https://registry.example.com' };
  expect(chosenSecret(stageWith({ settings }), null)).toMatchObject({ hasRegistry: true });
});

test('an interrupt at the prompt stores nothing', async () => {
  const { input, output } = terminal();
  const credentials = readCredentials({ input, output, hasRegistry: false });
  input.write('\u0003');

  await expect(credentials).rejects.toThrow('cancelled; nothing was stored');
});

test('without a terminal the credentials are piped in as JSON', async () => {
  expect(await pipe(`${JSON.stringify(sampleCredentials)}\n`)).toEqual(sampleCredentials);
});

test('the login of a Schema Registry may be piped in with them', async () => {
  const login = { schemaRegistryUser: 'reader', schemaRegistryPassword: 'pass' };
  expect(await pipe(JSON.stringify({ ...sampleCredentials, ...login }))).toEqual({
    ...sampleCredentials,
    ...login,
  });
  await expect(
    pipe(JSON.stringify({ ...sampleCredentials, schemaRegistryUser: 'x' })),
  ).rejects.toThrow('schemaRegistryUser and schemaRegistryPassword must be given together');
});

test('the login of a Schema Registry may have spaces within, and no line breaks', async () => {
  const login = { schemaRegistryUser: 'a reader', schemaRegistryPassword: 'correct horse' };
  const secret = { ...sampleCredentials, ...login };
  expect(await pipe(JSON.stringify(secret))).toEqual(secret);
  await expect(
    pipe(JSON.stringify({ ...secret, schemaRegistryPassword: 'correct\nhorse' })),
  ).rejects.toThrow('schemaRegistryPassword is empty or contains a control character');
});

test.each([
  ['', /^there is no terminal; run this in one, or pipe {"clientId"/],
  ['the-secret', /^the piped input is not JSON$/],
  ['{"clientId":"the-id"}', /^clientSecret is missing$/],
  ['{"clientId":"","clientSecret":"two words"}', /^clientId is empty.*; clientSecret is empty or/],
  ['{"clientId":"a","clientSecret":"b","other":"the-secret"}', /^Unrecognized key: "other"$/],
])('what cannot be credentials is refused without being repeated: %j', async (content, message) => {
  const refusal = pipe(content);

  await expect(refusal).rejects.toThrow(message);
  await expect(refusal).rejects.not.toThrow('the-secret');
});

test('a secret is created at first and updated after that', async () => {
  expect(await storeSecret(client, { ...secret, credentials: sampleCredentials })).toBe('created');
  expect(
    await storeSecret(client, {
      ...secret,
      credentials: { ...sampleCredentials, clientSecret: 'new' },
    }),
  ).toBe('updated');

  expect(JSON.parse(server.value(secretName) ?? '')).toEqual({
    clientId: 'the-id',
    clientSecret: 'new',
  });
});

test('an ARN of no secret creates none', async () => {
  const name = 'arn:aws:secretsmanager:us-east-1:111122223333:secret:crm-AbCdEf';
  const stored = storeSecret(client, { name, keyArn: null, credentials: sampleCredentials });
  await expect(stored).rejects.toThrow(`there is no secret ${name}; correct salesforceSecret, or`);
  expect(server.value(name)).toBeNull();
});

/** The key of the secret, as Secrets Manager tells it. */
const keyOf = async () =>
  (await client.send(new DescribeSecretCommand({ SecretId: secretName }))).KmsKeyId;

test("a secret is created under the key that the sinks file names, or Secrets Manager's own", async () => {
  const under = { name: secretName, keyArn: sampleKeyArn };
  await storeSecret(client, { ...under, credentials: sampleCredentials });
  expect(await keyOf()).toBe(sampleKeyArn);

  const plain = { name: 'plain', keyArn: null };
  await storeSecret(client, { ...plain, credentials: sampleCredentials });
  expect(await client.send(new DescribeSecretCommand({ SecretId: 'plain' }))).not.toHaveProperty(
    'KmsKeyId',
  );
});

test.each([
  ['its own', sampleKeyArn, null],
  ['its own, by its id', '0a1b2c3d', null],
  ['another', 'alias/other', /^! Its KMS key is alias\/other, not salesforceSecretKeyArn/],
  ['none', undefined, /^! Its KMS key is that of Secrets Manager, not salesforceSecretKeyArn/],
])('a secret that has %s key is remarked upon where it differs', async (_, KmsKeyId, remark) => {
  const key = KmsKeyId === undefined ? {} : { KmsKeyId };
  await client.send(new CreateSecretCommand({ Name: secretName, SecretString: 'x', ...key }));
  const said = await keyRemark(client, { name: secretName, keyArn: sampleKeyArn });
  if (remark === null) expect(said).toBeNull();
  else expect(said).toMatch(remark);
  expect(said ?? remedy).toContain(remedy);
});

test('a key that cannot be read is no failure, and without one nothing is read', async () => {
  server.put(secretName, 'x');
  const type = 'AccessDeniedException';
  server.fault({ action: 'DescribeSecret', kind: 'refuse', type, times: 1 });
  expect(await keyRemark(client, { name: secretName, keyArn: sampleKeyArn })).toContain(
    'could not be read: DescribeSecret failed (AccessDeniedException)',
  );
  expect(await keyRemark(client, secret)).toBeNull();
  expect(server.requests()).toHaveLength(1);
});

test('a secret that several sinks share has the key that one of them names', () => {
  const { sinks, ...stage } = stageWith({});
  const [one] = sinks;
  const keyed = { ...one!, name: 'leads', salesforceSecretKeyArn: sampleKeyArn };
  const other = { ...keyed, name: 'other', salesforceSecret: 'of-another-org' };
  const name = 'msk-salesforce-sink/test/salesforce';

  expect(chosenSecret({ ...stage, sinks: [one!] }, null)).toMatchObject({ name, keyArn: null });
  expect(chosenSecret({ ...stage, sinks: [one!, keyed] }, null)).toMatchObject({
    name,
    keyArn: sampleKeyArn,
  });
  expect(chosenSecret({ ...stage, sinks: [one!, other] }, 'contacts').keyArn).toBeNull();
});

test('a secret that is being deleted is left alone, and the reason is reported', async () => {
  const store = () => storeSecret(client, { ...secret, credentials: sampleCredentials });
  server.put(secretName, 'old');
  await client.send(new DeleteSecretCommand({ SecretId: secretName }));

  await expect(store()).rejects.toThrow(
    `${secretName} is marked for deletion; restore it in the same account and region, then store its value again: aws secretsmanager restore-secret --secret-id ${secretName}`,
  );
  expect(server.value(secretName)).toBe('old');

  await client.send(new RestoreSecretCommand({ SecretId: secretName }));
  expect(await store()).toBe('updated');
});

test('without leave to write, nothing else is tried', async () => {
  server.fault({
    action: 'PutSecretValue',
    kind: 'refuse',
    type: 'AccessDeniedException',
    times: 1,
  });

  await expect(storeSecret(client, { ...secret, credentials: sampleCredentials })).rejects.toThrow(
    'PutSecretValue is refused',
  );
  expect(server.requests().map(({ action }) => action)).toEqual(['PutSecretValue']);
});
