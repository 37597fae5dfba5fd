import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Emulator, startEmulator } from 'salesforce-bulk-emulator';
import contact from 'salesforce-bulk-emulator/objects/Contact.json' with { type: 'json' };
import { afterAll, beforeAll, expect, test } from 'vitest';
import { API, type Client, connect, JOBS } from './client.ts';

let emulator: Emulator;
let client: Client;

beforeAll(async () => {
  emulator = await startEmulator({ apiLimit: 50 });
  client = await connect(emulator);
});
afterAll(() => emulator.close());

test('describe returns the file of the object, for its name in any case', async () => {
  const { status, text } = await client.call('GET', `${API}/sobjects/contact/describe`);
  expect([status, JSON.parse(text)]).toEqual([200, contact]);
});

test('describe is not sent again to a client that has it', async () => {
  const first = await client.call('GET', `${API}/sobjects/Contact/describe`);
  const again = await client.call('GET', `${API}/sobjects/Contact/describe`, {
    headers: { 'if-modified-since': first.headers.get('last-modified') ?? '' },
  });
  expect([again.status, again.text]).toEqual([304, '']);
});

test('an unknown object is not found', async () => {
  const { status, text } = await client.call('GET', `${API}/sobjects/Nothing/describe`);
  expect([status, text]).toEqual([
    404,
    '[{"message":"The requested resource does not exist","errorCode":"NOT_FOUND"}]',
  ]);
});

test('limits show what calls and jobs have used', async () => {
  emulator.reset();
  await client.run('LastName\nAda\n');
  const { text } = await client.call('GET', `${API}/limits`);
  const calls = emulator.requests().length;
  expect(JSON.parse(text)).toMatchObject({
    DailyApiRequests: { Max: 50, Remaining: 50 - calls },
    DailyBulkApiBatches: { Max: 15_000, Remaining: 14_999 },
  });
});

test('the versions are listed without a login, with their releases', async () => {
  const response = await fetch(`${emulator.url}/services/data`);
  expect(await response.json()).toEqual(
    expect.arrayContaining([
      { label: "Summer '14", url: '/services/data/v31.0', version: '31.0' },
      { label: "Winter '26", url: '/services/data/v65.0', version: '65.0' },
    ]),
  );
});

test('the resources of a version are listed', async () => {
  const resources = JSON.parse((await client.call('GET', API)).text);
  expect((await client.call('GET', resources.limits)).status).toBe(200);
  const { sobjects } = JSON.parse((await client.call('GET', resources.sobjects)).text);
  expect(sobjects.map(({ name }: { name: string }) => name)).toContain('Contact');
  expect(JSON.stringify(sobjects)).not.toContain('"fields"');
});

test('identity, user info and introspection return the user', async () => {
  const info = JSON.parse((await client.call('GET', '/services/oauth2/userinfo')).text);
  expect(info).toMatchObject({ user_id: expect.stringMatching(/^005/), active: true });
  const identity = new URL(info.sub).pathname;
  expect(JSON.parse((await client.call('GET', identity)).text)).toMatchObject({ id: info.sub });
  const introspect = async () => {
    const form = new URLSearchParams({ token: client.token });
    const path = `${emulator.url}/services/oauth2/introspect`;
    return (await fetch(path, { method: 'POST', body: form })).json();
  };
  expect(await introspect()).toMatchObject({ active: true, client_id: 'local-client' });
  const form = new URLSearchParams({ token: client.token });
  await fetch(`${emulator.url}/services/oauth2/revoke`, { method: 'POST', body: form });
  expect(await introspect()).toEqual({ active: false });
  expect((await client.call('GET', '/services/oauth2/userinfo')).status).toBe(401);
  client = await connect(emulator);
});

test('exhausted daily calls refuse every call but a login', async () => {
  emulator.reset();
  for (let call = 0; call < 50; call += 1) {
    const { headers } = await client.call('GET', `${API}/limits`);
    expect(headers.get('sforce-limit-info')).toBe(`api-usage=${call + 1}/50`);
  }
  const { status, text } = await client.call('GET', `${API}/limits`);
  expect([status, text]).toEqual([
    403,
    '[{"message":"TotalRequests Limit exceeded.","errorCode":"REQUEST_LIMIT_EXCEEDED"}]',
  ]);
  client = await connect(emulator);
  emulator.reset();
});

test('a describe result of another org replaces the built-in one', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'objects-'));
  const [id, lastName] = ['Id', 'LastName'].map((name) =>
    contact.fields.find((field) => field.name === name),
  );
  await writeFile(
    join(folder, 'own.json'),
    JSON.stringify({ ...contact, fields: [id, { ...lastName, length: 3 }] }),
  );
  const own = await startEmulator({ objectsDir: folder });
  const info = await (await connect(own)).run('LastName\nLong\n');
  expect(info).toMatchObject({ numberRecordsFailed: 1 });
  await own.close();
  await writeFile(join(folder, 'own.json'), '{"name":"X"}');
  await expect(startEmulator({ objectsDir: folder })).rejects.toThrow('own.json is not a describe');
  await rm(folder, { recursive: true });
});

test('a body may be compressed by a known method', async () => {
  const { text } = await client.json('POST', JOBS, { object: 'Contact', operation: 'insert' });
  const { id } = JSON.parse(text);
  const put = (encoding: string, body: string | ArrayBuffer) =>
    client.call('PUT', `${JOBS}/${id}/batches`, {
      headers: { 'content-type': 'text/csv', 'content-encoding': encoding },
      body,
    });
  expect((await put('br', 'x')).status).toBe(415);
  const stream = new Blob(['LastName\nAda\n']).stream().pipeThrough(new CompressionStream('gzip'));
  expect((await put('gzip', await new Response(stream).arrayBuffer())).status).toBe(201);
  expect(emulator.jobs().at(-1)?.csv).toBe('LastName\nAda\n');
});

test('a reply is compressed for clients that accept it', async () => {
  const plain = await client.call('GET', API, { headers: { 'accept-encoding': 'identity' } });
  const packed = await client.call('GET', API, { headers: { 'accept-encoding': 'gzip' } });
  expect(plain.headers.get('content-encoding')).toBeNull();
  expect(packed.headers.get('content-encoding')).toBe('gzip');
  expect(plain.headers.get('vary')).toBe('Accept-Encoding');
  expect(packed.text).toBe(plain.text);
});

test('daily calls are restored after 24 hours', async () => {
  let time = Date.UTC(2026, 0, 1);
  const poor = await startEmulator({ apiLimit: 1, tokenLifetimeMs: 1e10, now: () => time });
  const other = await connect(poor);
  const status = async () => (await other.call('GET', API)).status;
  expect([await status(), await status()]).toEqual([200, 403]);
  time += 24 * 60 * 60 * 1000;
  expect(await status()).toBe(200);
  await poor.close();
});
