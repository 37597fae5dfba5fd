import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type RegistryLogin,
  SchemaRegistry,
} from '../../../src/decode/registry/confluent-registry.ts';
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

let standIn: StandInRegistry;
let clock: QuickClock;
let freshReads: boolean[];

beforeEach(async () => {
  standIn = await startSchemaRegistry({ login } as RegistryOptions);
  clock = quickClock();
  freshReads = [];
});
afterEach(() => standIn.close());

const registryAt = (url: string, logins: (RegistryLogin | null)[] = [login]): SchemaRegistry =>
  new SchemaRegistry({
    url,
    runtime: { ...systemRuntime(), clock },
    maxRetries: 2,
    readLogin: async (_deadline, fresh) => {
      freshReads.push(fresh);
      return (fresh ? logins.at(-1) : logins[0]) ?? null;
    },
  });

const ask = (ms = 60_000, logins?: (RegistryLogin | null)[]) =>
  registryAt(standIn.url, logins).byId(1, new Deadline(clock, clock.now() + ms));

const failure = async (asked: Promise<unknown>): Promise<SinkError> => {
  const error = await asked.then(
    () => null,
    (error: unknown) => error as SinkError,
  );
  expect(String(error)).not.toContain('pin-4711');
  return error as SinkError;
};

describe('the registry', () => {
  it('gives a schema with what it refers to, by its id and by its version', async () => {
    const references = [{ name: 'com.example.Level', subject: 'le vel/1', version: 1 }];
    standIn.register('le vel/1', { schema: '"string"' });
    standIn.register('contacts-value', { schema: '{}', schemaType: 'JSON', references });
    const registry = registryAt(standIn.url);
    const deadline = new Deadline(clock, clock.now() + 60_000);
    expect(await registry.byId(1, deadline)).toEqual({
      type: 'AVRO',
      text: '"string"',
      references: [],
    });
    expect(await registry.byId(2, deadline)).toMatchObject({
      type: 'JSON',
      references: [{ name: 'com.example.Level', subject: 'le vel/1', version: 1 }],
    });
    expect(await registry.byVersion({ subject: 'le vel/1', version: 1 }, deadline)).toMatchObject({
      text: '"string"',
    });
  });

  it('says null of an id, a subject and a version that are not there', async () => {
    standIn.register('contacts', { schema: '"string"' });
    const registry = registryAt(standIn.url);
    const deadline = new Deadline(clock, clock.now() + 60_000);
    expect(await registry.byId(2, deadline)).toBeNull();
    expect(await registry.byVersion({ subject: 'leads', version: 1 }, deadline)).toBeNull();
    expect(await registry.byVersion({ subject: 'contacts', version: 2 }, deadline)).toBeNull();
  });

  it.each([408, 429, 500, 502, 503, 504])('is asked again after %i', async (status) => {
    standIn.register('contacts', { schema: '"string"' });
    standIn.fault({ kind: 'status', status, times: 2 });
    expect(await ask()).toMatchObject({ text: '"string"' });
    expect(standIn.requests()).toHaveLength(3);
  });

  it('is asked again after a broken connection', async () => {
    standIn.register('contacts', { schema: '"string"' });
    standIn.fault({ kind: 'reset', times: 1 });
    expect(await ask()).toMatchObject({ text: '"string"' });
  });

  it('is waited for as long as it says', async () => {
    standIn.register('contacts', { schema: '"string"' });
    standIn.fault({ kind: 'status', status: 429, headers: { 'retry-after': '7' }, times: 1 });
    await ask();
    expect(clock.sleeps).toEqual([7_000]);
  });

  it('that stays down fails the flush, which may be sent again', async () => {
    standIn.fault({ kind: 'status', status: 503, times: 9, body: 'pin-4711' });
    const error = await failure(ask());
    expect(error).toMatchObject({ code: 'SCHEMA_REGISTRY_UNAVAILABLE', retryable: true });
    expect(error.message).toMatch(/GET \/schemas\/ids\/1 answered 503 \(3 attempts\)\. Kafka/);
  });

  it('that is not there fails the flush, which may be sent again', async () => {
    const registry = registryAt('http://127.0.0.1:9');
    const error = await failure(registry.byId(1, new Deadline(clock, clock.now() + 60_000)));
    expect(error).toMatchObject({ code: 'SCHEMA_REGISTRY_UNAVAILABLE', retryable: true });
    expect(error.message).toContain('gave no reply: ECONNREFUSED');
  });

  it('that is silent is left in time', async () => {
    standIn.fault({ kind: 'silence', times: 9 });
    const error = await failure(ask(300));
    expect(error).toMatchObject({ code: 'SCHEMA_REGISTRY_UNAVAILABLE' });
  });

  it('is not asked when no time is left', async () => {
    expect(await failure(ask(0))).toMatchObject({ code: 'DEADLINE_REACHED' });
    expect(standIn.requests()).toEqual([]);
  });

  it.each([400, 403, 301])('that answers %i fails the flush at once', async (status) => {
    standIn.fault({ kind: 'status', status, times: 1 });
    const error = await failure(ask());
    expect(error).toMatchObject({ code: 'SCHEMA_REGISTRY_REFUSED', retryable: false, status });
    expect(standIn.requests()).toHaveLength(1);
  });

  it('that answers 404 without saying that the schema is not there is another server', async () => {
    standIn.fault({ kind: 'status', status: 404, body: '<html>', times: 1 });
    expect(await failure(ask())).toMatchObject({ code: 'SCHEMA_REGISTRY_REFUSED' });
    const astray = registryAt(`${standIn.url}/apis/ccompat`);
    const error = await failure(astray.byId(1, new Deadline(clock, clock.now() + 60_000)));
    expect(error.message).toContain('a registry may lie below a path');
  });

  it.each(['<html>', '{}', '{"schema":7}', '[]', ''])(
    'that answers 200 with %j is another server',
    async (body) => {
      standIn.fault({ kind: 'status', status: 200, body, times: 1 });
      expect(await failure(ask())).toMatchObject({ code: 'SCHEMA_REGISTRY_REPLY_INVALID' });
    },
  );
});

describe('the login of the registry', () => {
  it('that is wrong fails the flush, after one more look at the secret', async () => {
    const error = await failure(ask(60_000, [{ user: 'reader', password: 'old-pin' }]));
    expect(error).toMatchObject({ code: 'SCHEMA_REGISTRY_REFUSED', status: 401, retryable: false });
    expect(error.message).toMatch(/answered 401, error code 40101\. Check SCHEMA_REGISTRY_URL/);
    expect(error.message).not.toContain('old-pin');
    expect(freshReads).toEqual([false, true]);
    expect(standIn.requests()).toHaveLength(1);
  });

  it('that was rotated is read again', async () => {
    standIn.register('contacts', { schema: '"string"' });
    const old = { user: 'reader', password: 'old-pin' };
    expect(await ask(60_000, [old, login])).toMatchObject({ text: '"string"' });
  });

  it('is never sent over plain http, but to this machine', async () => {
    const sent: string[] = [];
    const open = new SchemaRegistry({
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
    const error = await failure(open.byId(1, deadline));
    expect(error).toMatchObject({ code: 'CONFIG_INVALID', retryable: false });
    expect(error.message).toMatch(/SCHEMA_REGISTRY_URL is plain http/);
    expect(sent).toEqual([]);
    expect(await open.byId(1, deadline)).toMatchObject({ text: '"string"' });
    expect(sent).toHaveLength(1);
  });

  it('is not needed where there is none', async () => {
    standIn.setLogin(undefined);
    standIn.register('contacts', { schema: '"string"' });
    expect(await ask(60_000, [null])).toMatchObject({ text: '"string"' });
  });

  it('may have any characters', async () => {
    const odd = { user: 'zoë', password: 'a:b "c"' };
    standIn.setLogin(odd);
    standIn.register('contacts', { schema: '"string"' });
    expect(await ask(60_000, [odd])).toMatchObject({ text: '"string"' });
  });
});
