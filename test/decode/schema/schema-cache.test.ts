import { SchemaRegistry as Client, SchemaType } from '@kafkajs/confluent-schema-registry';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ValueFormat } from '../../../src/config/settings.ts';
import { createDecode, type Decode } from '../../../src/decode/decode.ts';
import { CalendarDate } from '../../../src/decode/decoded-record.ts';
import { ConfluentRegistry } from '../../../src/decode/registry/confluent.ts';
import { SchemaCache } from '../../../src/decode/schema/schema-cache.ts';
import { systemRuntime } from '../../../src/runtime/runtime.ts';
import { type QuickClock, quickClock } from '../../support/clock.ts';
import {
  type StandInRegistry,
  startSchemaRegistry,
} from '../../support/schema-registry/schema-registry.ts';
import { framed, noDeadline, outcomesOf, recordsOf } from '../../support/values.ts';

let server: StandInRegistry;
let client: Client;
let schemas: SchemaCache;
let clock: QuickClock;

beforeEach(async () => {
  server = await startSchemaRegistry();
  client = new Client({ host: server.url, retry: { retries: 0 } });
  clock = quickClock();
  const runtime = { ...systemRuntime(), clock };
  const parts = { url: server.url, runtime, maxRetries: 1, readLogin: async () => null };
  schemas = new SchemaCache({ confluent: new ConfluentRegistry(parts) }, clock);
});
afterEach(() => server.close());

const decode: Decode = (...given) => createDecode('auto', schemas)(...given);

const outcomes = (values: readonly (Buffer | string)[], format: ValueFormat = 'auto') =>
  outcomesOf(values, { format, schemas });

const contact = (fields: object[]) =>
  JSON.stringify({ type: 'record', name: 'Contact', namespace: 'com.example', fields });

const lastName = { name: 'LastName', type: 'string' };

/** Registers an Avro schema as a producer does, and returns its id. */
async function registered(schema: string, subject = 'contacts-value'): Promise<number> {
  const { id } = await client.register({ type: SchemaType.AVRO, schema }, { subject });
  return id;
}

/** The function's requests for schemas by id. */
const schemaRequests = () =>
  server.requests().filter((request) => request.startsWith('GET /schemas/'));

describe('records of a producer with a registry', () => {
  it('are read with the schema that each was written with', async () => {
    const first = await registered(contact([lastName]));
    const birthdate = {
      name: 'Birthdate',
      type: ['null', { type: 'int', logicalType: 'date' }],
      default: null,
    };
    const second = await registered(contact([birthdate, lastName]));
    const values = [
      await client.encode(first, { LastName: 'Okoye' }),
      await client.encode(second, { LastName: 'Mbeki', Birthdate: 3711 }),
      await client.encode(first, { LastName: 'Haddad' }),
    ];
    const { records: rows, errants } = await decode(recordsOf(values), noDeadline);
    expect(errants).toEqual([]);
    expect(rows.map(({ fields }) => ({ ...fields }))).toEqual([
      { LastName: 'Okoye' },
      { Birthdate: new CalendarDate(3711), LastName: 'Mbeki' },
      { LastName: 'Haddad' },
    ]);
  });

  it('may have schemas with nested references', async () => {
    const level = JSON.stringify({
      type: 'enum',
      name: 'com.example.Level',
      symbols: ['Gold', 'Silver'],
    });
    const account = JSON.stringify({
      type: 'record',
      name: 'com.example.Account',
      fields: [{ name: 'Level__c', type: 'com.example.Level' }],
    });
    const toLevel = { name: 'com.example.Level', subject: 'level', version: 1 };
    const toAccount = { name: 'com.example.Account', subject: 'account', version: 1 };
    await registered(level, 'level');
    const of = (schema: string, references: (typeof toLevel)[]) => ({
      type: SchemaType.AVRO as const,
      schema,
      references,
    });
    await client.register(of(account, [toLevel]), { subject: 'account' });
    const { id } = await client.register(
      of(
        contact([
          { name: 'Account', type: 'com.example.Account' },
          { name: 'Level__c', type: 'com.example.Level' },
        ]),
        [toAccount, toLevel],
      ),
      { subject: 'contacts-value' },
    );
    const value = await client.encode(id, { Account: { Level__c: 'Gold' }, Level__c: 'Silver' });
    const before = server.requests().length;
    expect(await outcomes([value])).toEqual([
      { cells: { 'Account.Level__c': 'Gold', Level__c: 'Silver' } },
    ]);
    expect(server.requests().slice(before)).toEqual([
      `GET /schemas/ids/${id}`,
      'GET /subjects/account/versions/1?deleted=true',
      'GET /subjects/level/versions/1?deleted=true',
    ]);
  });

  describe('of a type that two schemas reference', () => {
    const address = (...more: object[]) =>
      JSON.stringify({
        type: 'record',
        name: 'com.example.Address',
        fields: [{ name: 'City', type: 'string' }, ...more],
      });
    const zip = { name: 'Zip', type: ['null', 'string'], default: null };
    const to = (subject: string, version = 1) => ({
      name: 'com.example.Address',
      subject,
      version,
    });
    const customer = JSON.stringify({
      type: 'record',
      name: 'com.example.Customer',
      fields: [{ name: 'Home', type: 'Address' }],
    });

    const read = async (one: ReturnType<typeof to>, other: ReturnType<typeof to>) => {
      server.register('customer', { schema: customer, references: [other] });
      const toCustomer = { name: 'com.example.Customer', subject: 'customer', version: 1 };
      const schema = contact([
        { name: 'Billing', type: 'Address' },
        { name: 'Customer', type: 'Customer' },
      ]);
      const id = server.register('contacts', { schema, references: [one, toCustomer] });
      const { records: rows } = await decode(
        recordsOf([framed(id, Buffer.from([2, 97, 2, 98]))]),
        noDeadline,
      );
      return rows.map(({ fields }) => fields);
    };

    it('are read when they reference it through two subjects', async () => {
      for (const subject of ['address', 'com.example.Address']) {
        server.register(subject, { schema: address() });
      }
      expect(await read(to('address'), to('com.example.Address'))).toEqual([
        { Billing: { City: 'a' }, Customer: { Home: { City: 'b' } } },
      ]);
    });

    it('are read with the first of two versions', async () => {
      server.register('address', { schema: address() });
      server.register('address', { schema: address(zip) });
      expect(await read(to('address', 1), to('address', 2))).toEqual([
        { Billing: { City: 'a' }, Customer: { Home: { City: 'b' } } },
      ]);
    });
  });

  it('are read after a soft delete of their schemas', async () => {
    const level = { type: 'enum', name: 'com.example.Level', symbols: ['Gold'] };
    server.register('level', { schema: JSON.stringify(level) });
    const references = [{ name: 'com.example.Level', subject: 'level', version: 1 }];
    const schema = contact([{ name: 'Level__c', type: 'Level' }]);
    const id = server.register('contacts', { schema, references });
    expect(() => server.delete('level', 1)).toThrow('One or more references exist');
    server.delete('contacts', 1);
    server.delete('level', 1);
    const reply = await fetch(`${server.url}/subjects/level/versions/1`);
    expect(reply.status).toBe(404);
    expect(await outcomes([framed(id, Buffer.from([0]))])).toEqual([
      { cells: { Level__c: 'Gold' } },
    ]);
  });

  it('may be JSON with a JSON Schema', async () => {
    const schema = JSON.stringify({
      type: 'object',
      properties: { LastName: { type: 'string' }, Visits__c: { type: 'integer' } },
    });
    const { id } = await client.register({ type: SchemaType.JSON, schema }, { subject: 'json' });
    const value = await client.encode(id, { LastName: 'Okoye', Visits__c: 7 });
    expect(await outcomes([value])).toEqual([{ cells: { LastName: 'Okoye', Visits__c: '7' } }]);
    expect(await outcomes([value], 'avro')).toEqual(await outcomes([value]));
    expect(await outcomes([framed(id, '{"LastName":')])).toMatchObject([
      { code: 'JSON_INVALID', reason: `schema ${id}: the value is not valid JSON` },
    ]);
  });

  it('are errant when their schema is of another type, with the remedy', async () => {
    const id = server.register('thrift', { schema: 'struct A {}', schemaType: 'THRIFT' });
    expect(await outcomes([framed(id, '\0x')])).toMatchObject([
      { code: 'SCHEMA_TYPE_UNSUPPORTED', reason: expect.stringContaining('SchemaRegistryConfig') },
    ]);
  });

  it.each([
    ['a string', '"string"', Buffer.from([2, 97]), 'VALUE_NOT_OBJECT'],
    ['an array', '{"type":"array","items":"int"}', Buffer.from([0]), 'VALUE_NOT_OBJECT'],
    ['a record without fields', contact([]), Buffer.alloc(0), 'VALUE_WITHOUT_FIELDS'],
    ['a broken schema', '{"type":"record"', Buffer.from([0]), 'SCHEMA_INVALID'],
  ])('are errant when their schema is %s', async (_name, schema, bytes, code) => {
    const id = server.register('odd', { schema });
    expect(await outcomes([framed(id, bytes)])).toMatchObject([{ code }]);
  });
});

describe('the frame of the wire format', () => {
  it.each([
    ['that is cut off', Buffer.from([0, 0, 0]), 'FRAME_INVALID'],
    ['with an id below zero', framed(-1, 'x'), 'FRAME_INVALID'],
    ['with an id that the registry does not know', framed(4711, 'x'), 'SCHEMA_UNKNOWN'],
  ])('%s makes its record errant', async (_name, value, code) => {
    expect(await outcomes([value])).toMatchObject([{ code }]);
    expect(await outcomes([value], 'avro')).toMatchObject([{ code }]);
  });

  it('is required with VALUE_FORMAT=avro', async () => {
    const values = ['{"LastName":"Okoye"}', Buffer.from([1, 0, 0, 0, 1, 2]), ''];
    const codes = [{ code: 'FRAME_INVALID' }, { code: 'FRAME_INVALID' }, { code: 'VALUE_EMPTY' }];
    expect(await outcomes(values, 'avro')).toMatchObject(codes);
  });

  it('is named when no registry is configured', async () => {
    for (const format of ['auto', 'json', 'connect-json'] as const) {
      const [outcome] = await outcomesOf([framed(1, 'abc')], { format });
      expect(outcome).toMatchObject({
        code: 'FRAME_INVALID',
        reason: expect.stringMatching(/frame of Confluent's serializers.*SCHEMA_REGISTRY_URL/),
      });
    }
  });
});

describe('a schema', () => {
  it('is fetched once for a batch of 10,000 records, and not again for the next', async () => {
    const ids = ['A', 'B', 'C'].map((name) =>
      server.register(name, { schema: contact([{ name, type: 'string' }]) }),
    );
    const values = Array.from({ length: 10_000 }, (_, n) =>
      framed(ids[n % 3] as number, Buffer.from([2, 97])),
    );
    const { records: rows } = await decode(recordsOf(values), noDeadline);
    expect(rows).toHaveLength(10_000);
    expect(schemaRequests().toSorted()).toEqual(ids.map((id) => `GET /schemas/ids/${id}`));
    await decode(recordsOf(values), noDeadline);
    expect(schemaRequests()).toHaveLength(3);
  });

  it('is fetched once by two concurrent batches', async () => {
    const id = server.register('A', { schema: contact([lastName]) });
    const records = recordsOf([framed(id, Buffer.from([2, 97]))]);
    const batches = await Promise.all([decode(records, noDeadline), decode(records, noDeadline)]);
    expect(batches.map(({ records: rows }) => rows.length)).toEqual([1, 1]);
    expect(schemaRequests()).toHaveLength(1);
  });

  it('that is unknown makes the records of two concurrent batches errant', async () => {
    const records = recordsOf([framed(1, Buffer.from([2, 97]))]);
    const batches = await Promise.all([decode(records, noDeadline), decode(records, noDeadline)]);
    for (const { errants } of batches) expect(errants).toMatchObject([{ code: 'SCHEMA_UNKNOWN' }]);
    expect(schemaRequests()).toHaveLength(1);
  });

  it('that is unknown is requested again after a minute, and not before', async () => {
    const value = framed(1, Buffer.from([2, 97]));
    expect(await outcomes([value])).toMatchObject([{ code: 'SCHEMA_UNKNOWN' }]);
    server.register('A', { schema: contact([lastName]) });
    clock.pass(55_000);
    expect(await outcomes([value])).toMatchObject([{ code: 'SCHEMA_UNKNOWN' }]);
    expect(schemaRequests()).toHaveLength(1);
    clock.pass(5_000);
    expect(await outcomes([value])).toEqual([{ cells: { LastName: 'a' } }]);
  });

  it('that is unknown is requested once, however many and how often they come', async () => {
    const records = recordsOf(Array.from({ length: 300 }, (_, n) => framed(1_000 + n, 'x')));
    for (let delivery = 0; delivery < 3; delivery++) {
      const { errants } = await decode(records, noDeadline);
      expect(new Set(errants.map(({ code }) => code))).toEqual(new Set(['SCHEMA_UNKNOWN']));
      expect(errants).toHaveLength(300);
    }
    expect(schemaRequests()).toHaveLength(300);
  });

  it('that is invalid is fetched once', async () => {
    const value = framed(server.register('A', { schema: '{' }), 'x');
    for (let batch = 0; batch < 3; batch++) await outcomes([value]);
    expect(schemaRequests()).toHaveLength(1);
  });

  it('with a reference that the registry does not have is unknown', async () => {
    const references = [{ name: 'com.example.Level', subject: 'level', version: 1 }];
    server.register('level', { schema: '"string"' });
    const id = server.register('A', { schema: contact([lastName]), references });
    server.fault({
      kind: 'status',
      status: 404,
      body: '{"error_code":40402,"message":"Version 1 not found."}',
      path: '/subjects/level',
      times: 1,
    });
    const value = framed(id, Buffer.from([2, 97]));
    expect(await outcomes([value])).toMatchObject([
      { code: 'SCHEMA_UNKNOWN', reason: expect.stringContaining('version 1 of "level"') },
    ]);
  });

  it('is not fetched with VALUE_FORMAT=json', async () => {
    await outcomes([framed(1, 'x')], 'json');
    await outcomes([framed(1, 'x')], 'connect-json');
    expect(server.requests()).toEqual([]);
  });
});

describe('a registry that fails', () => {
  const records = () => recordsOf(['{"LastName":"Okoye"}', framed(1, Buffer.from([2, 97]))]);

  it('fails the batch, and is called again for the next', async () => {
    server.register('A', { schema: contact([lastName]) });
    server.fault({ kind: 'status', status: 503, times: 2 });
    await expect(decode(records(), noDeadline)).rejects.toMatchObject({
      code: 'SCHEMA_REGISTRY_UNAVAILABLE',
      retryable: true,
    });
    expect((await decode(records(), noDeadline)).records).toHaveLength(2);
  });

  it('does not fail a batch that does not need it', async () => {
    await server.close();
    const { records: rows } = await decode(recordsOf(['{"LastName":"Okoye"}', null]), noDeadline);
    expect(rows).toHaveLength(1);
    server = await startSchemaRegistry();
  });

  it('is not called for the other schemas of the batch', async () => {
    server.fault({ kind: 'status', status: 401, times: 99 });
    const values = Array.from({ length: 50 }, (_, id) => framed(id, 'x'));
    await expect(decode(recordsOf(values), noDeadline)).rejects.toMatchObject({
      code: 'SCHEMA_REGISTRY_REFUSED',
    });
    const { length } = server.requests();
    expect(length).toBeLessThanOrEqual(8);
  });
});
