import { once } from 'node:events';
import { connect } from 'node:net';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type Emulator, startEmulator } from 'salesforce-bulk-emulator';
import { afterEach, expect, onTestFinished, test } from 'vitest';
import { startErrantQueue } from '../../../local/aws/errant-queue.ts';
import { type LedgerTable, startLedgerTable } from '../../../local/aws/ledger-table.ts';
import { localClient } from '../../../local/aws/local-client.ts';
import { startSecretsManager } from '../../../local/aws/secrets-manager.ts';
import { eventOfValues } from '../event.ts';
import { sinkTo } from '../sink.ts';
import type { Fault, FaultAction } from './fault.ts';
import { type FaultProxy, type FaultProxyOptions, startFaultProxy } from './fault-proxy.ts';

const started: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const server of started.splice(0).toReversed()) await server.close();
});

async function proxyTo(url: string, options?: FaultProxyOptions): Promise<FaultProxy> {
  const proxy = await startFaultProxy(url, options);
  started.push(proxy);
  return proxy;
}

async function givenOrg(): Promise<{ org: Emulator; proxy: FaultProxy }> {
  const org = await startEmulator();
  started.push(org);
  return { org, proxy: await proxyTo(org.url, { rewriteOrigin: true }) };
}

async function givenTable(options?: FaultProxyOptions) {
  const table = await startLedgerTable();
  started.push(table);
  const proxy = await proxyTo(table.url, options);
  const client = new DynamoDBClient({ ...localClient, endpoint: proxy.url, maxAttempts: 1 });
  onTestFinished(() => client.destroy());
  const put = (id: string) =>
    client.send(new PutItemCommand({ TableName: table.tableName, Item: { id: { S: id } } }));
  return { table, proxy, put };
}

const ids = async (table: LedgerTable) => (await table.items()).map(({ id }) => id);

const fault = (action: FaultAction, more: Partial<Fault> = {}): Fault => ({
  match: ({ step }) => step === 'PutItem',
  when: 'before',
  action,
  ...more,
});

const loginCall = {
  method: 'POST',
  body: new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: 'local-client',
    client_secret: 'local-secret',
  }),
};

test('a job goes through the proxy, call by call under the names that the org gives them', async () => {
  const { org, proxy } = await givenOrg();
  const sink = sinkTo(proxy.url, { UPLOAD_MODE: 'staged' });

  const error = await sink.deliver(eventOfValues([{ LastName: 'A' }, { LastName: 'B' }]));

  expect(error).toBeNull();
  expect(org.records('Contact')).toHaveLength(2);
  const steps = proxy.requests().map(({ step }) => step);
  expect(steps).toEqual(org.requests().map(({ call }) => call));
  expect(steps).toEqual(expect.arrayContaining(['token', 'create', 'upload', 'close', 'info']));
});

test('a token reply passes unchanged, or with the proxy in the place of the org', async () => {
  const { org, proxy } = await givenOrg();
  const plain = await proxyTo(org.url);
  const login = async (url: string) => {
    const reply = await fetch(`${url}/services/oauth2/token`, loginCall);
    return { reply, body: (await reply.json()) as Record<string, string> };
  };

  const unchanged = await login(plain.url);
  expect(unchanged.body['instance_url']).toBe(org.url);
  expect(unchanged.reply.headers.get('content-encoding')).toBe('gzip');

  const { body } = await login(proxy.url);
  expect(body['instance_url']).toBe(proxy.url);
  expect(body['id']).toMatch(new RegExp(`^${proxy.url}/id/`));
});

test('the SDK clients work through proxies', async () => {
  const { table, proxy, put } = await givenTable();
  await put('a');
  expect(await ids(table)).toEqual(['a']);
  expect(proxy.requests()).toMatchObject([
    { step: 'PutItem', target: 'DynamoDB_20120810.PutItem', targetStatus: 200, fault: null },
  ]);

  const queue = await startErrantQueue();
  const toQueue = await proxyTo(queue.url);
  started.push(queue);
  const sqs = new SQSClient({ ...localClient, endpoint: toQueue.url });
  const Entries = [{ Id: '0', MessageBody: 'é' }];
  await sqs.send(new SendMessageBatchCommand({ QueueUrl: queue.queueUrl, Entries }));
  sqs.destroy();
  expect(await queue.messages()).toEqual([{ body: 'é', attributes: {} }]);
  expect(toQueue.requests()).toMatchObject([
    { step: 'SendMessageBatch', method: 'POST', path: '/' },
  ]);

  const secrets = await startSecretsManager({ a: 'value' });
  const toSecrets = await proxyTo(secrets.url);
  started.push(secrets);
  const reader = new SecretsManagerClient({ ...localClient, endpoint: toSecrets.url });
  const { SecretString } = await reader.send(new GetSecretValueCommand({ SecretId: 'a' }));
  reader.destroy();
  expect(SecretString).toBe('value');
  expect(toSecrets.requests()).toMatchObject([{ step: 'GetSecretValue' }]);
});

const refusal: FaultAction = {
  kind: 'status',
  status: 400,
  headers: { 'content-type': 'application/x-amz-json-1.0' },
  body: '{"__type":"com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException"}',
};

test.each<{ action: FaultAction; seen: object }>([
  { action: refusal, seen: { name: 'ProvisionedThroughputExceededException' } },
  { action: { kind: 'status', status: 503 }, seen: { $metadata: { httpStatusCode: 503 } } },
  { action: { kind: 'malformed' }, seen: { name: 'SyntaxError' } },
  { action: { kind: 'malformed', body: '{"half":' }, seen: { name: 'SyntaxError' } },
  { action: { kind: 'reset' }, seen: { code: 'ECONNRESET' } },
  { action: { kind: 'call', run: () => undefined }, seen: { code: 'ECONNRESET' } },
])('before: the target never gets the call; after: it took effect ($action)', async (given) => {
  const { table, proxy, put } = await givenTable();
  const before = fault(given.action);
  const after = fault(given.action, { when: 'after' });

  proxy.arm(before);
  await expect(put('a')).rejects.toMatchObject(given.seen);
  expect(await ids(table)).toEqual([]);

  proxy.arm(after);
  await expect(put('b')).rejects.toMatchObject(given.seen);
  expect(await ids(table)).toEqual(['b']);

  await put('c');
  expect(proxy.requests()).toMatchObject([
    { targetStatus: null, fault: before },
    { targetStatus: 200, fault: after },
    { targetStatus: 200, fault: null },
  ]);
});

test('silence lasts until the client gives up, and closing does not wait for it', async () => {
  const arrived = Promise.withResolvers<void>();
  const { proxy, put } = await givenTable({ onRequest: () => arrived.resolve() });
  proxy.arm(fault({ kind: 'silence' }));

  const write = put('a').catch((error: unknown) => error);
  await arrived.promise;
  await proxy.close();

  expect(await write).toMatchObject({ code: 'ECONNRESET' });
  started.splice(started.indexOf(proxy), 1);
});

test('a call fault has run to its end before the connection drops', async () => {
  const { table, proxy, put } = await givenTable();
  const seen: unknown[] = [];
  const run = async () => void seen.push(await ids(table));
  proxy.arm(fault({ kind: 'call', run }, { when: 'after' }));

  await expect(put('a')).rejects.toThrow();
  expect(seen).toEqual([['a']]);
});

test('a reply can be changed on its way', async () => {
  const { org, proxy } = await givenOrg();
  proxy.arm({
    match: ({ step }) => step === 'token',
    when: 'after',
    action: {
      kind: 'rewrite',
      reply: ({ headers }) => ({ status: 204, headers, body: Buffer.alloc(0) }),
    },
  });

  const replies = [];
  for (let n = 0; n < 2; n++)
    replies.push(await fetch(`${proxy.url}/services/oauth2/token`, loginCall));

  expect(replies.map(({ status }) => status)).toEqual([204, 200]);
  expect(org.requests()).toHaveLength(2);
});

test('a fault lets `skip` matching calls pass and applies `times` times', async () => {
  const { table, proxy, put } = await givenTable();
  proxy.arm(fault({ kind: 'status', status: 500 }, { skip: 1, times: 2 }));
  proxy.arm(fault({ kind: 'reset' }, { match: ({ body }) => body.includes('"e"') }));

  for (const id of ['a', 'b', 'c', 'd', 'e', 'f']) await put(id).catch(() => undefined);

  expect(await ids(table)).toEqual(['a', 'd', 'f']);
  expect(proxy.requests().map((call) => call.fault?.action.kind ?? null)).toEqual([
    null,
    'status',
    'status',
    null,
    'reset',
    null,
  ]);
});

test('a client that goes away does not stop the target, nor the proxy', async () => {
  const { org, proxy } = await givenOrg();
  org.configure({ replyMs: 50 });
  const body = loginCall.body.toString();
  const head = `POST /services/oauth2/token HTTP/1.1\r\nhost: x\r\ncontent-length: ${body.length}\r\n\r\n`;

  const impatient = connect(Number(new URL(proxy.url).port), '127.0.0.1');
  impatient.write(head + body);
  await expect.poll(() => org.requests()).toHaveLength(1);
  impatient.resetAndDestroy();
  const half = connect(Number(new URL(proxy.url).port), '127.0.0.1');
  await new Promise((done) => half.write(head, done));
  half.resetAndDestroy();
  await once(half, 'close');

  await expect.poll(() => proxy.requests()).toMatchObject([{ targetStatus: 200 }]);
  expect((await fetch(`${proxy.url}/services/oauth2/token`, loginCall)).status).toBe(200);
});

test('a target that is gone is a 502', async () => {
  const { org, proxy } = await givenOrg();
  await org.close();
  started.splice(started.indexOf(org), 1);

  expect((await fetch(`${proxy.url}/services/oauth2/token`, loginCall)).status).toBe(502);
});

test('what a function of the test throws comes out when the proxy is closed', async () => {
  const { proxy, put } = await givenTable();
  const failure = new Error('the sink would not die');
  proxy.arm(fault({ kind: 'call', run: () => Promise.reject(failure) }));

  await expect(put('a')).rejects.toThrow();
  await expect(proxy.close()).rejects.toMatchObject({ errors: [failure] });
  started.splice(started.indexOf(proxy), 1);
});
