import { startEmulator } from 'salesforce-bulk-emulator';
import { expect, test } from 'vitest';
import { useEmulator } from '../support/emulator.ts';
import { API, connect, JOBS, login } from './client.ts';

const emulator = await useEmulator();
let client = await connect(emulator);

async function control(method: string, path: string, body?: unknown) {
  const response = await fetch(`${emulator.url}/__emulator/${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? null : JSON.parse(text) };
}

test('records, jobs and requests are those of the library', async () => {
  await client.run('LastName\nAda\n');
  expect((await control('GET', 'records/contact')).body).toEqual(emulator.records('Contact'));
  expect((await control('GET', 'jobs')).body).toEqual(JSON.parse(JSON.stringify(emulator.jobs())));
  const requests = (await control('GET', 'requests')).body;
  expect(requests).toEqual(JSON.parse(JSON.stringify(emulator.requests())));
  expect(requests.map(({ call }: { call: string }) => call).slice(0, 3)).toEqual([
    'create',
    'upload',
    'close',
  ]);
  expect(requests[0]).toMatchObject({
    method: 'POST',
    path: JOBS,
    status: 200,
    faults: [],
    body: '{"object":"Contact","operation":"insert"}',
    bytes: 41,
  });
});

test('an object that the org does not have has no records', async () => {
  expect((await control('GET', 'records/Nothing')).status).toBe(404);
  expect(() => emulator.records('Nothing')).toThrow('There is no object named Nothing');
});

test('faults are armed, shown and disarmed', async () => {
  const fault = { call: 'info', action: { kind: 'reset' } };
  expect(await control('POST', 'faults', [fault, { job: 'stall' }])).toMatchObject({
    status: 201,
    body: [fault, { job: 'stall', state: 'InProgress' }],
  });
  expect((await control('DELETE', 'faults')).status).toBe(204);
  expect((await control('GET', 'faults')).body).toEqual([]);
});

test('no fault of a list is armed when one is invalid', async () => {
  const { status } = await control('POST', 'faults', [{ job: 'stall' }, { job: 'sleep' }]);
  expect(status).toBe(400);
  expect((await control('GET', 'faults')).body).toEqual([]);
});

test('the pace can be changed, by name and by number', async () => {
  expect((await control('POST', 'pace', { name: 'slow', replyMs: 0 })).body).toEqual({
    queueMs: 20_000,
    chunkMs: 3_000,
    replyMs: 0,
  });
  expect((await control('POST', 'pace', { name: 'fast' })).body).toMatchObject({ queueMs: 2 });
  expect((await control('POST', 'pace', { speed: 1 })).status).toBe(400);
});

test('a reset empties the org and keeps clients logged in', async () => {
  await client.run('LastName\nAda\n');
  emulator.fault({ job: 'stall', times: null });
  expect((await control('POST', 'reset')).status).toBe(204);
  expect([emulator.records('Contact'), emulator.jobs(), emulator.requests()]).toEqual([[], [], []]);
  expect(await client.run('LastName\nAda\n')).toMatchObject({ state: 'JobComplete' });
});

test('a reset stops running jobs', async () => {
  emulator.configure({ queueMs: 20 });
  await client.load('LastName\nAda\n');
  emulator.reset();
  emulator.configure({ queueMs: 2 });
  await client.run('LastName\nBob\n');
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(emulator.records('Contact')).toMatchObject([{ LastName: 'Bob' }]);
});

test('ids are not reused after a reset, or by another emulator', async () => {
  const first = await client.run('LastName\nAda\n');
  emulator.reset();
  const second = await client.run('LastName\nAda\n');
  const other = await startEmulator();
  const third = await (await connect(other)).run('LastName\nAda\n');
  await other.close();
  expect(new Set([first['id'], second['id'], third['id']]).size).toBe(3);
});

test('all sessions can be expired', async () => {
  expect((await control('POST', 'expire-tokens')).status).toBe(204);
  expect((await client.call('GET', `${API}/limits`)).status).toBe(401);
  client = await connect(emulator);
});

test('the status names objects, pace and choices', async () => {
  expect((await control('GET', 'status')).body).toMatchObject({
    objects: expect.arrayContaining(['Account', 'Contact']),
    jobsRunning: 0,
    choices: { 'second-upload': 'put' },
  });
});

test('a control that does not exist, and a body that is not JSON, are refused', async () => {
  expect((await control('GET', 'weather')).body).toMatchObject({
    controls: expect.arrayContaining(['GET records', 'POST faults']),
  });
  const response = await fetch(`${emulator.url}/__emulator/faults`, { method: 'POST', body: '{' });
  expect(response.status).toBe(400);
});

test('records can be added without a job, by the rules of an insert', async () => {
  const { status, body } = await control('POST', 'records/Contact', [
    { LastName: 'Ada', ExternalId__c: 'A' },
    { lastname: 'Bob', Score__c: 1.5 },
  ]);
  expect([status, body]).toEqual([201, emulator.records('Contact').map(({ Id }) => Id)]);
  expect(emulator.jobs()).toEqual([]);
  expect((await control('POST', 'records/Contact', { Title: 'x' })).body.error).toContain(
    'REQUIRED_FIELD_MISSING',
  );
  expect(() => emulator.seed('Contact', { LastName: 'Eve', ExternalId__c: 'a' })).toThrow(
    'DUPLICATE_VALUE',
  );
  expect(() => emulator.seed('Contact', { Colour: 'red' })).toThrow('no writable field Colour');
});

test('a secret can be changed; sessions stay valid, a reset restores the old one', async () => {
  const { status } = await control('POST', 'apps', {
    clientId: 'local-client',
    clientSecret: 'rotated',
  });
  expect(status).toBe(201);
  expect((await client.call('GET', `${API}/limits`)).status).toBe(200);
  expect(await login(emulator.url)).toBeUndefined();
  emulator.reset();
  expect(await login(emulator.url)).toMatch(/^00D/);
  emulator.app({ clientId: 'local-client', clientSecret: 'again' });
  expect(await login(emulator.url)).toBeUndefined();
  emulator.reset();
  expect((await control('POST', 'apps', { clientId: 'x', colour: 'red' })).status).toBe(400);
});

test('a malformed path is not found', async () => {
  expect((await client.call('GET', `${JOBS}/%E0%A4%A`)).status).toBe(404);
});
