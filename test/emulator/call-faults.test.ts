import { type Emulator, startEmulator } from 'salesforce-bulk-emulator';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { API, type Client, connect, JOBS } from './client.ts';

let emulator: Emulator;
let client: Client;

beforeAll(async () => {
  emulator = await startEmulator();
});
beforeEach(async () => {
  emulator.reset();
  client = await connect(emulator);
});
afterAll(() => emulator.close());

const create = () => client.json('POST', JOBS, { object: 'Contact', operation: 'insert' });

test('a call that fails before its effect has none', async () => {
  emulator.fault({
    call: 'create',
    action: {
      kind: 'status',
      status: 503,
      body: [{ message: 'Server too busy', errorCode: 'SERVER_UNAVAILABLE' }],
      headers: { 'Retry-After': '7' },
    },
  });
  const failed = await create();
  expect([failed.status, failed.text]).toEqual([
    503,
    '[{"message":"Server too busy","errorCode":"SERVER_UNAVAILABLE"}]',
  ]);
  expect(failed.headers.get('retry-after')).toBe('7');
  expect(emulator.jobs()).toEqual([]);
  expect((await create()).status).toBe(200);
});

test('a call that fails after its effect has it', async () => {
  emulator.fault({ call: 'create', when: 'after', action: { kind: 'status', status: 500 } });
  const failed = await create();
  expect([failed.status, failed.text]).toEqual([500, '']);
  expect(emulator.jobs()).toHaveLength(1);
});

test('a text body is sent unchanged', async () => {
  emulator.fault({
    call: 'any',
    action: {
      kind: 'status',
      status: 502,
      body: '<html>Bad',
      headers: { 'Content-Type': 'text/html' },
    },
  });
  const { text, headers } = await create();
  expect([text, headers.get('content-type')]).toEqual(['<html>Bad', 'text/html']);
});

test('a connection can be reset before or after the effect', async () => {
  emulator.fault({ call: 'create', when: 'before', action: { kind: 'reset' } });
  await expect(create()).rejects.toThrow('fetch failed');
  expect(emulator.jobs()).toHaveLength(0);
  emulator.fault({ call: 'create', when: 'after', action: { kind: 'reset' } });
  await expect(create()).rejects.toThrow('fetch failed');
  expect(emulator.jobs()).toHaveLength(1);
});

test('a reply can be truncated, with or without a body', async () => {
  emulator.fault({ call: 'create', when: 'after', action: { kind: 'truncate' } });
  await expect(create()).rejects.toThrow();
  const { id } = emulator.jobs()[0]!;
  emulator.fault({ call: 'upload', when: 'after', action: { kind: 'truncate' } });
  const upload = client.call('PUT', `${JOBS}/${id}/batches`, {
    headers: { 'content-type': 'text/csv' },
    body: 'LastName\nAda\n',
  });
  await expect(upload).rejects.toThrow();
  expect(emulator.jobs()).toMatchObject([{ csv: 'LastName\nAda\n' }]);
});

test('a call can get no reply', async () => {
  emulator.fault({ call: 'limits', action: { kind: 'silence' } });
  const call = client.call('GET', `${API}/limits`, { signal: AbortSignal.timeout(50) });
  await expect(call).rejects.toThrow();
  expect(emulator.requests().at(-1)).toMatchObject({ status: null, faults: ['silence'] });
});

test('a delayed call is answered', async () => {
  emulator.fault({ call: 'limits', action: { kind: 'delay', ms: 5 } });
  expect((await client.call('GET', `${API}/limits`)).status).toBe(200);
  expect(emulator.requests().at(-1)).toMatchObject({ status: 200, faults: ['delay'] });
});

test('tokens can expire before or after a call', async () => {
  emulator.fault({ call: 'create', when: 'after', action: { kind: 'expire-token' } });
  expect((await create()).status).toBe(200);
  expect((await create()).status).toBe(401);
  client = await connect(emulator);
  emulator.fault({ call: 'create', when: 'before', action: { kind: 'expire-token' } });
  expect((await create()).status).toBe(401);
});

test('a fault occurs `times` times after `skip` calls', async () => {
  emulator.fault({ call: 'create', times: 2, skip: 1, action: { kind: 'status', status: 500 } });
  const statuses = [];
  for (let call = 0; call < 5; call += 1) statuses.push((await create()).status);
  expect(statuses).toEqual([200, 500, 500, 200, 200]);
  emulator.fault({ call: 'create', times: null, action: { kind: 'status', status: 500 } });
  for (let call = 0; call < 3; call += 1) expect((await create()).status).toBe(500);
});

test('a close and an abort are different calls to a fault', async () => {
  const { id } = JSON.parse((await create()).text);
  emulator.fault({ call: 'close', times: null, action: { kind: 'status', status: 500 } });
  const close = await client.json('PATCH', `${JOBS}/${id}`, { state: 'UploadComplete' });
  const abort = await client.json('PATCH', `${JOBS}/${id}`, { state: 'Aborted' });
  expect([close.status, abort.status]).toEqual([500, 200]);
});

test.each([
  [{ call: 'nothing', action: { kind: 'reset' } }, 'Invalid option'],
  [{ call: 'create', action: { kind: 'explode' } }, 'Invalid'],
  [{ call: 'create', when: 'before', action: { kind: 'truncate' } }, "needs when: 'after'"],
  [{ call: 'create', action: { kind: 'reset' }, time: 2 }, 'Unrecognized key: "time"'],
  [{ call: 'create', times: 0, action: { kind: 'reset' } }, 'times'],
  [{ job: 'sleep' }, 'job'],
  [{}, 'A fault names a call, a job, a rowError or an upsert'],
])('the fault %j is refused', async (fault, message) => {
  expect(() => emulator.fault(fault as never)).toThrow(message);
  const response = await fetch(`${emulator.url}/__emulator/faults`, {
    method: 'POST',
    body: JSON.stringify(fault),
  });
  const { error } = (await response.json()) as { error: string };
  expect([response.status, error]).toEqual([400, expect.stringContaining(message)]);
});
