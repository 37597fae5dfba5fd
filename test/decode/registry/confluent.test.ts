import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RegistryLogin } from '../../../src/decode/registry/authorized-get.ts';
import { ConfluentRegistry } from '../../../src/decode/registry/confluent.ts';
import type { SinkError } from '../../../src/errors.ts';
import { Deadline } from '../../../src/runtime/deadline.ts';
import { systemRuntime } from '../../../src/runtime/runtime.ts';
import { type QuickClock, quickClock } from '../../support/clock.ts';
import {
  type RegistryOptions,
  type StandInRegistry,
  startSchemaRegistry,
} from '../../support/schema-registry/schema-registry.ts';

const login = { user: 'reader', password: 'pin-4711' };

let server: StandInRegistry;
let clock: QuickClock;
let freshReads: boolean[];

beforeEach(async () => {
  server = await startSchemaRegistry({ login } as RegistryOptions);
  clock = quickClock();
  freshReads = [];
});
afterEach(() => server.close());

const registryAt = (url: string, logins: (RegistryLogin | null)[] = [login]): ConfluentRegistry =>
  new ConfluentRegistry({
    url,
    runtime: { ...systemRuntime(), clock },
    maxRetries: 2,
    readLogin: async (_deadline, fresh) => {
      freshReads.push(fresh);
      return (fresh ? logins.at(-1) : logins[0]) ?? null;
    },
  });

const ask = (ms = 60_000, logins?: (RegistryLogin | null)[]) =>
  registryAt(server.url, logins).schema('1', new Deadline(clock, clock.now() + ms));

const failure = async (call: Promise<unknown>): Promise<SinkError> => {
  const error = await call.then(
    () => null,
    (error: unknown) => error as SinkError,
  );
  expect(String(error)).not.toContain('pin-4711');
  return error as SinkError;
};

describe('the registry', () => {
  it('that knows no GUIDs says so, and what to do', async () => {
    const guid = '89791762-2336-4186-9674-299b90a802e2';
    server.fault({ kind: 'status', status: 404, body: '{"error_code":404}', times: 1 });
    const deadline = new Deadline(clock, clock.now() + 60_000);
    const error = await failure(registryAt(server.url).schema(guid, deadline));
    expect(error.code).toBe('SCHEMA_REGISTRY_REFUSED');
    expect(error.message).toContain('The registry may be one that knows no GUIDs');
  });

  it('returns a schema and its references, by id and by version', async () => {
    const references = [{ name: 'com.example.Level', subject: 'le vel/1', version: 1 }];
    server.register('le vel/1', { schema: '"string"' });
    server.register('contacts-value', { schema: '{}', schemaType: 'JSON', references });
    const registry = registryAt(server.url);
    const deadline = new Deadline(clock, clock.now() + 60_000);
    expect(await registry.schema('1', deadline)).toEqual({
      type: 'AVRO',
      text: '"string"',
      references: [],
    });
    expect(await registry.schema('2', deadline)).toMatchObject({
      type: 'JSON',
      references: [{ name: 'com.example.Level', subject: 'le vel/1', version: '1' }],
    });
    expect(
      await registry.reference({ name: '', subject: 'le vel/1', version: '1' }, deadline),
    ).toMatchObject({
      text: '"string"',
    });
  });

  it('returns null for an unknown id, subject and version', async () => {
    server.register('contacts', { schema: '"string"' });
    const registry = registryAt(server.url);
    const deadline = new Deadline(clock, clock.now() + 60_000);
    expect(await registry.schema('2', deadline)).toBeNull();
    expect(
      await registry.reference({ name: '', subject: 'leads', version: '1' }, deadline),
    ).toBeNull();
    expect(
      await registry.reference({ name: '', subject: 'contacts', version: '2' }, deadline),
    ).toBeNull();
  });

  it.each([408, 429, 500, 502, 503, 504])('is retried after %i', async (status) => {
    server.register('contacts', { schema: '"string"' });
    server.fault({ kind: 'status', status, times: 2 });
    expect(await ask()).toMatchObject({ text: '"string"' });
    expect(server.requests()).toHaveLength(3);
  });

  it('is retried after a broken connection', async () => {
    server.register('contacts', { schema: '"string"' });
    server.fault({ kind: 'reset', times: 1 });
    expect(await ask()).toMatchObject({ text: '"string"' });
  });

  it('is retried after its Retry-After', async () => {
    server.register('contacts', { schema: '"string"' });
    server.fault({ kind: 'status', status: 429, headers: { 'retry-after': '7' }, times: 1 });
    await ask();
    expect(clock.sleeps).toEqual([7_000]);
  });

  it('that stays down fails the flush with a retryable error', async () => {
    server.fault({ kind: 'status', status: 503, times: 9, body: 'pin-4711' });
    const error = await failure(ask());
    expect(error).toMatchObject({ code: 'SCHEMA_REGISTRY_UNAVAILABLE', retryable: true });
    expect(error.message).toMatch(/GET \/schemas\/ids\/1 answered 503 \(3 attempts\)\. Kafka/);
  });

  it('that is unreachable fails the flush with a retryable error', async () => {
    const registry = registryAt('http://127.0.0.1:9');
    const error = await failure(registry.schema('1', new Deadline(clock, clock.now() + 60_000)));
    expect(error).toMatchObject({ code: 'SCHEMA_REGISTRY_UNAVAILABLE', retryable: true });
    expect(error.message).toContain('gave no reply: ECONNREFUSED');
  });

  it('that does not reply times out before the deadline', async () => {
    server.fault({ kind: 'silence', times: 9 });
    const error = await failure(ask(300));
    expect(error).toMatchObject({ code: 'SCHEMA_REGISTRY_UNAVAILABLE' });
  });

  it('is not called after the deadline', async () => {
    expect(await failure(ask(0))).toMatchObject({ code: 'DEADLINE_REACHED' });
    expect(server.requests()).toEqual([]);
  });

  it.each([400, 403, 301])('that answers %i fails the flush at once', async (status) => {
    server.fault({ kind: 'status', status, times: 1 });
    const error = await failure(ask());
    expect(error).toMatchObject({ code: 'SCHEMA_REGISTRY_REFUSED', retryable: false, status });
    expect(server.requests()).toHaveLength(1);
  });

  it('that answers 404 without an error code is not a registry', async () => {
    server.fault({ kind: 'status', status: 404, body: '<html>', times: 1 });
    expect(await failure(ask())).toMatchObject({ code: 'SCHEMA_REGISTRY_REFUSED' });
    const wrongPath = registryAt(`${server.url}/apis/ccompat`);
    const error = await failure(wrongPath.schema('1', new Deadline(clock, clock.now() + 60_000)));
    expect(error.message).toContain('Check SCHEMA_REGISTRY_URL, including its path');
  });

  it.each(['<html>', '{}', '{"schema":7}', '[]', ''])(
    'that answers 200 with %j is another server',
    async (body) => {
      server.fault({ kind: 'status', status: 200, body, times: 1 });
      expect(await failure(ask())).toMatchObject({ code: 'SCHEMA_REGISTRY_REPLY_INVALID' });
    },
  );
});

describe('the login of the registry', () => {
  it('that is wrong fails the flush after the secret was read again', async () => {
    const error = await failure(ask(60_000, [{ user: 'reader', password: 'old-pin' }]));
    expect(error).toMatchObject({ code: 'SCHEMA_REGISTRY_REFUSED', status: 401, retryable: false });
    expect(error.message).toMatch(/answered 401, error code 40101\. Check SCHEMA_REGISTRY_URL/);
    expect(error.message).not.toContain('old-pin');
    expect(freshReads).toEqual([false, true]);
    expect(server.requests()).toHaveLength(1);
  });

  it('that was rotated is read again', async () => {
    server.register('contacts', { schema: '"string"' });
    const old = { user: 'reader', password: 'old-pin' };
    expect(await ask(60_000, [old, login])).toMatchObject({ text: '"string"' });
  });

  it('is never sent over plain http, except to loopback', async () => {
    const sent: string[] = [];
    const open = new ConfluentRegistry({
      url: 'http://schema-registry.internal:8081',
      runtime: {
        ...systemRuntime(),
        clock,
        send: async ({ url }) => {
          sent.push(url);
          return { status: 200, headers: {}, body: '{"schema":"\\"string\\""}' };
        },
      },
      maxRetries: 0,
      readLogin: async () => logins.shift() ?? null,
    });
    const logins = [login];
    const deadline = new Deadline(clock, clock.now() + 60_000);
    const error = await failure(open.schema('1', deadline));
    expect(error).toMatchObject({ code: 'CONFIG_INVALID', retryable: false });
    expect(error.message).toMatch(/SCHEMA_REGISTRY_URL is plain http/);
    expect(sent).toEqual([]);
    expect(await open.schema('1', deadline)).toMatchObject({ text: '"string"' });
    expect(sent).toHaveLength(1);
  });

  it('is not needed when there is none', async () => {
    server.setLogin(undefined);
    server.register('contacts', { schema: '"string"' });
    expect(await ask(60_000, [null])).toMatchObject({ text: '"string"' });
  });

  it('may have any characters', async () => {
    const odd = { user: 'zoë', password: 'a:b "c"' };
    server.setLogin(odd);
    server.register('contacts', { schema: '"string"' });
    expect(await ask(60_000, [odd])).toMatchObject({ text: '"string"' });
  });
});
