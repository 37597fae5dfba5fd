import {
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
  PutSecretValueCommand,
  ResourceExistsException,
  ResourceNotFoundException,
  RestoreSecretCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { type SecretsManager, startSecretsManager } from '../../../local/aws/secrets-manager.ts';
import { withEnvironment } from '../../support/environment.ts';

let server: SecretsManager;
let client: SecretsManagerClient;

beforeEach(async () => {
  server = await startSecretsManager({ 'sink/dev/salesforce': '{"clientId":"a"}' });
  client = new SecretsManagerClient({
    endpoint: server.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
});
afterEach(async () => {
  client.destroy();
  await server.close();
});

test('a secret is read by name, by ARN and by ARN without its random end', async () => {
  const byName = await client.send(new GetSecretValueCommand({ SecretId: 'sink/dev/salesforce' }));
  const arn = byName.ARN!;
  const byArn = await client.send(new GetSecretValueCommand({ SecretId: arn }));
  const byPart = await client.send(new GetSecretValueCommand({ SecretId: arn.slice(0, -7) }));

  expect(arn).toMatch(/^arn:aws:secretsmanager:.*:secret:sink\/dev\/salesforce-\w{6}$/);
  for (const reply of [byName, byArn, byPart]) {
    expect(reply).toMatchObject({
      Name: 'sink/dev/salesforce',
      SecretString: '{"clientId":"a"}',
      VersionStages: ['AWSCURRENT'],
      CreatedDate: expect.any(Date),
    });
  }
});

test('the SDK finds the emulation through AWS_ENDPOINT_URL_SECRETS_MANAGER', async () => {
  const environment = {
    AWS_ENDPOINT_URL_SECRETS_MANAGER: server.url,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
  };
  await withEnvironment(environment, async () => {
    const bare = new SecretsManagerClient({});
    onTestFinished(() => bare.destroy());
    const reply = await bare.send(new GetSecretValueCommand({ SecretId: 'sink/dev/salesforce' }));
    expect(reply.SecretString).toBe('{"clientId":"a"}');
  });
});

test('a value that is replaced stays readable as the previous one', async () => {
  const input = { SecretId: 'sink/dev/salesforce', SecretString: '{"clientId":"b"}' };
  const put = await client.send(new PutSecretValueCommand(input));

  const now = await client.send(new GetSecretValueCommand({ SecretId: input.SecretId }));
  const before = await client.send(
    new GetSecretValueCommand({ SecretId: input.SecretId, VersionStage: 'AWSPREVIOUS' }),
  );

  expect(now).toMatchObject({ SecretString: '{"clientId":"b"}', VersionId: put.VersionId });
  expect(before).toMatchObject({ SecretString: '{"clientId":"a"}' });
  expect(server.value('sink/dev/salesforce')).toBe('{"clientId":"b"}');
});

test('a secret is created once', async () => {
  const input = { Name: 'sink/prod/salesforce', SecretString: '{}' };
  const created = await client.send(new CreateSecretCommand(input));

  expect(await client.send(new DescribeSecretCommand({ SecretId: created.ARN }))).toMatchObject({
    Name: 'sink/prod/salesforce',
    LastChangedDate: expect.any(Date),
    VersionIdsToStages: { [created.VersionId!]: ['AWSCURRENT'] },
  });
  await expect(client.send(new CreateSecretCommand(input))).rejects.toThrow(
    ResourceExistsException,
  );
});

test('a secret that is not there is a ResourceNotFoundException', async () => {
  for (const Command of [GetSecretValueCommand, DescribeSecretCommand]) {
    await expect(client.send(new Command({ SecretId: 'none' }))).rejects.toThrow(
      ResourceNotFoundException,
    );
  }
  await expect(
    client.send(new PutSecretValueCommand({ SecretId: 'none', SecretString: '{}' })),
  ).rejects.toThrow(ResourceNotFoundException);
  await expect(
    client.send(
      new GetSecretValueCommand({ SecretId: 'sink/dev/salesforce', VersionStage: 'AWSPREVIOUS' }),
    ),
  ).rejects.toThrow(ResourceNotFoundException);
});

test('a label that no version has finds nothing', async () => {
  const input = { SecretId: 'sink/dev/salesforce', VersionStage: 'AWSPENDING' };
  await expect(client.send(new GetSecretValueCommand(input))).rejects.toThrow(
    "Secrets Manager can't find the specified secret value for staging label: AWSPENDING",
  );
});

test('a value has 1 to 65,536 bytes', async () => {
  const SecretId = 'sink/dev/salesforce';
  const store = (SecretString: string) =>
    client.send(new PutSecretValueCommand({ SecretId, SecretString }));
  for (const SecretString of ['', 'x'.repeat(65_537)]) {
    await expect(store(SecretString)).rejects.toMatchObject({ name: 'ValidationException' });
    await expect(
      client.send(new CreateSecretCommand({ Name: 'other', SecretString })),
    ).rejects.toMatchObject({ name: 'ValidationException' });
  }
  await store('x'.repeat(65_536));
  expect(server.value('other')).toBeNull();
});

test('a version is stored once for one token', async () => {
  const SecretId = 'sink/dev/salesforce';
  const ClientRequestToken = 'a'.repeat(32);
  const store = (SecretString: string) =>
    client.send(new PutSecretValueCommand({ SecretId, SecretString, ClientRequestToken }));
  await store('b');
  await store('b');
  await expect(store('c')).rejects.toThrow(ResourceExistsException);
  const create = { Name: 'other', SecretString: 'd', ClientRequestToken };
  const { VersionId } = await client.send(new CreateSecretCommand(create));
  expect(await client.send(new CreateSecretCommand(create))).toMatchObject({ VersionId });
  const before = new GetSecretValueCommand({ SecretId, VersionStage: 'AWSPREVIOUS' });
  expect((await client.send(before)).SecretString).toBe('{"clientId":"a"}');
});

test('a secret that is marked for deletion is neither read nor changed, and can be restored', async () => {
  const SecretId = 'sink/dev/salesforce';
  const marked = await client.send(new DeleteSecretCommand({ SecretId, RecoveryWindowInDays: 7 }));
  const days = (marked.DeletionDate!.getTime() - Date.now()) / 86_400_000;
  expect(Math.round(days)).toBe(7);
  expect(await client.send(new DescribeSecretCommand({ SecretId }))).toHaveProperty('DeletedDate');
  const refused = [
    client.send(new GetSecretValueCommand({ SecretId })),
    client.send(new PutSecretValueCommand({ SecretId, SecretString: '{}' })),
    client.send(new CreateSecretCommand({ Name: SecretId, SecretString: '{}' })),
    client.send(new DeleteSecretCommand({ SecretId })),
  ];
  for (const one of refused) {
    await expect(one).rejects.toMatchObject({
      name: 'InvalidRequestException',
      message: expect.stringContaining('marked for deletion'),
    });
  }

  await client.send(new RestoreSecretCommand({ SecretId }));
  expect(await client.send(new GetSecretValueCommand({ SecretId }))).toMatchObject({
    SecretString: '{"clientId":"a"}',
  });
  const forced = { SecretId, ForceDeleteWithoutRecovery: true };
  await expect(
    client.send(new DeleteSecretCommand({ ...forced, RecoveryWindowInDays: 7 })),
  ).rejects.toMatchObject({ name: 'InvalidParameterException' });
  // That there is none any more is no error.
  for (const _ of ['first', 'second']) await client.send(new DeleteSecretCommand(forced));
  await expect(client.send(new DescribeSecretCommand({ SecretId }))).rejects.toThrow(
    ResourceNotFoundException,
  );
});

test('a refusal that was asked for comes as often as asked, then the secret', async () => {
  server.fault({
    action: 'GetSecretValue',
    kind: 'refuse',
    type: 'AccessDeniedException',
    times: 1,
  });
  const read = () => client.send(new GetSecretValueCommand({ SecretId: 'sink/dev/salesforce' }));

  await expect(read()).rejects.toMatchObject({
    name: 'AccessDeniedException',
    $metadata: { httpStatusCode: 400 },
  });
  expect(await read()).toHaveProperty('SecretString');
});

test('silence lasts until the client gives up, and closing does not wait for it', async () => {
  server.fault({ action: 'GetSecretValue', kind: 'silence', times: 1 });
  const abort = new AbortController();
  const command = new GetSecretValueCommand({ SecretId: 'sink/dev/salesforce' });
  const reply = client.send(command, { abortSignal: abort.signal });
  await expect.poll(() => server.requests()).toHaveLength(1);
  abort.abort();

  await expect(reply).rejects.toMatchObject({ name: 'AbortError' });
});

test('a delayed answer is the answer', async () => {
  server.fault({ action: 'GetSecretValue', kind: 'delay', ms: 20, times: 1 });
  const command = new GetSecretValueCommand({ SecretId: 'sink/dev/salesforce' });

  expect(await client.send(command)).toHaveProperty('SecretString');
});

test('requests are listed with what they asked for', async () => {
  await client.send(new GetSecretValueCommand({ SecretId: 'sink/dev/salesforce' }));

  expect(server.requests()).toEqual([
    { action: 'GetSecretValue', secretId: 'sink/dev/salesforce' },
  ]);
});

test('what the emulation does not support, or is not signed, is refused', async () => {
  await expect(client.send(new ListSecretsCommand({}))).rejects.toMatchObject({
    name: 'UnknownOperationException',
  });
  const unsigned = await fetch(server.url, {
    method: 'POST',
    headers: { 'x-amz-target': 'secretsmanager.GetSecretValue' },
    body: '{"SecretId":"sink/dev/salesforce"}',
  });
  expect(unsigned.status).toBe(400);
  expect(await unsigned.json()).toMatchObject({ __type: 'MissingAuthenticationTokenException' });
});
