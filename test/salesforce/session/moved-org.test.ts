import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { type Emulator, startEmulator } from 'salesforce-bulk-emulator';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { listen } from '../../../local/aws/listen.ts';
import { eventOfValues } from '../../support/event.ts';
import type { FaultAction } from '../../support/fault-proxy/fault.ts';
import { type FaultProxy, startFaultProxy } from '../../support/fault-proxy/fault-proxy.ts';
import { sinkTo } from '../../support/sink.ts';

let org: Emulator;
let oldInstance: FaultProxy;
/** What the token endpoint names, one after the other, then always the last; null: it answers 500. */
let named: (string | null)[];
let logins: number;

/** A token endpoint of its own, which names the instance that the test wants. */
const endpoint = createServer(async (message, response) => {
  logins++;
  const headers = { 'content-type': String(message.headers['content-type']) };
  const body = await text(message);
  const [instance = null] = named.length > 1 ? named.splice(0, 1) : named;
  if (instance === null) return void response.writeHead(500).end();
  const token = await fetch(`${org.url}${message.url}`, { method: 'POST', headers, body });
  response.end(JSON.stringify({ ...((await token.json()) as object), instance_url: instance }));
});
let loginUrl: string;

beforeAll(async () => {
  org = await startEmulator();
  loginUrl = await listen(endpoint);
});
beforeEach(async () => {
  org.reset();
  oldInstance = await startFaultProxy(org.url);
  named = [oldInstance.url];
  logins = 0;
});
afterEach(() => oldInstance.close());
afterAll(async () => {
  endpoint.closeAllConnections();
  endpoint.close();
  await org.close();
});

const event = (name: string) => eventOfValues([{ LastName: name }]);
const names = () => org.records('Contact').map(({ LastName }) => LastName);
const always = { match: () => true, when: 'before', times: Number.POSITIVE_INFINITY } as const;
const page = '<!doctype html><title>Not here</title>';
const status = (code: number, body = ''): FaultAction => ({ kind: 'status', status: code, body });

describe('an org that has moved', () => {
  it.each([
    ['301', status(301)],
    ['302', status(302)],
    ['307', status(307)],
    ['308', status(308)],
    ['404 in HTML', status(404, page)],
    ['420', status(420, page)],
    ['503', status(503, '[{"errorCode":"SERVER_UNAVAILABLE","message":"moved"}]')],
  ])('is found by a login when the instance answers %s', async (_what, action) => {
    const { deliver, log } = sinkTo(loginUrl, { UPLOAD_MODE: 'staged' });
    expect(await deliver(event('before'))).toBeNull();
    oldInstance.arm({ ...always, action });
    named = [org.url];
    expect(await deliver(event('during'))).toBeNull();
    expect(await deliver(event('after'))).toBeNull();
    expect([names(), logins]).toEqual([['before', 'during', 'after'], 2]);
    expect(log.lines).toContainEqual(
      expect.objectContaining({ message: 'instance changed', instance: new URL(org.url).host }),
    );
  });

  it.each([
    ['refuses connections', 'http://127.0.0.1:9'],
    ['has an unknown name', 'https://nowhere.invalid'],
  ])('is found by a login when the instance %s', async (_what, gone) => {
    named = [gone, org.url];
    expect(await sinkTo(loginUrl).deliver(event('found'), 60_000)).toBeNull();
    expect(logins).toBe(2);
    expect(names()).toEqual(['found']);
  });

  it('gets no second job where the first call may have made one', async () => {
    const { deliver } = sinkTo(loginUrl, { UPLOAD_MODE: 'multipart' });
    expect(await deliver(event('before'))).toBeNull();
    oldInstance.arm({ ...always, when: 'after', action: status(503) });
    named = [org.url];
    expect((await deliver(event('during')))?.message).toMatch(/^JOB_CREATE_UNKNOWN: POST/);
    expect(await deliver(event('after'))).toBeNull();
    expect([names(), logins]).toEqual([['before', 'during', 'after'], 2]);
  });
});

describe('an org that has not moved', () => {
  it('fails as before, after one login', async () => {
    oldInstance.arm({ ...always, action: status(404, page) });
    const { deliver } = sinkTo(loginUrl, { UNKNOWN_FIELDS: 'send' });
    const error = await deliver(event('x'));
    expect(error?.message).toMatch(/^SALESFORCE_REFUSED: POST .* answered 404 without a reason/);
    expect(logins).toBe(2);
  });

  it('is not logged in to for every failure', async () => {
    oldInstance.arm({ ...always, action: status(503) });
    const { deliver, clock } = sinkTo(loginUrl, { SALESFORCE_MAX_RETRIES: '0' });
    for (let delivery = 0; delivery < 5; delivery++) await deliver(event('x'));
    expect(logins).toBe(2);
    clock.pass(60_000);
    await deliver(event('x'));
    expect(logins).toBe(3);
  });

  it('keeps its session when the login for its instance fails', async () => {
    const { deliver, log } = sinkTo(loginUrl, { UPLOAD_MODE: 'staged' });
    expect(await deliver(event('before'))).toBeNull();
    oldInstance.arm({ ...always, times: 1, action: status(503) });
    named = [null];
    expect(await deliver(event('after'))).toBeNull();
    expect([names(), logins]).toEqual([['before', 'after'], 2]);
    expect(log.lines).toContainEqual(
      expect.objectContaining({
        message: 'instance lookup failed',
        code: 'SALESFORCE_UNAVAILABLE',
      }),
    );
  });

  it.each([
    ['404 of Salesforce', status(404, '[{"errorCode":"NOT_FOUND","message":"x"}]')],
    ['400', status(400)],
    ['500', status(500)],
  ])('is not looked for after %s', async (_what, action) => {
    oldInstance.arm({ ...always, action });
    await sinkTo(loginUrl).deliver(event('x'));
    expect(logins).toBe(1);
  });
});
