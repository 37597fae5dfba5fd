import { readFileSync } from 'node:fs';
import { SchemaRegistry as Client, SchemaType } from '@kafkajs/confluent-schema-registry';
import { type Emulator, startEmulator } from 'salesforce-bulk-emulator';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { EventRecord } from '../../src/kafka/event.ts';
import { eventRecord } from '../support/event.ts';
import {
  type StandInRegistry,
  startSchemaRegistry,
} from '../support/schema-registry/schema-registry.ts';
import { framed } from '../support/values.ts';
import { operations, writerTo } from './support/write.ts';

let org: Emulator;
let registry: StandInRegistry;

beforeAll(async () => {
  org = await startEmulator();
  registry = await startSchemaRegistry();
});
beforeEach(() => {
  org.reset();
});
afterAll(() => Promise.all([org.close(), registry.close()]));

const base64 = (bytes: Buffer | string) => Buffer.from(bytes).toString('base64');

/** Records with these keys and values; null for none. */
const recordsOf = (
  ...pairs: readonly (readonly [key: Buffer | string | null, value: Buffer | string | null])[]
): EventRecord[] =>
  pairs.map(([key, value], offset) => ({
    ...eventRecord({ offset }),
    ...(key === null ? {} : { key: base64(key) }),
    ...(value === null ? {} : { value: base64(value) }),
  }));

/** The tombstone that Debezium's `ExtractNewRecordState` leaves of a delete. */
const ofDebezium = readFileSync('test/decode/fixtures/debezium/unwrapped.jsonl', 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as { key: string; value: string })
  .at(-1);

const create = (key: string) => org.seed('Contact', { LastName: key, ExternalId__c: key });
const remaining = () => org.records('Contact').map(({ ExternalId__c }) => ExternalId__c);

const noValue = ['null', ' null ', '{"schema":null,"payload":null}', ofDebezium?.value ?? ''];

describe('a record without a value, in each form', () => {
  it.each(['insert', 'update', 'upsert'] as const)('is errant in %s, or skipped', async (name) => {
    const records = recordsOf(...noValue.map((value) => ['k', value] as const));
    const errant = records.map(({ offset }) => `0@${offset} TOMBSTONE`);
    expect(await writerTo(org, operations[name]).write(records)).toMatchObject({ errant });
    const skipping = writerTo(org, { ...operations[name], TOMBSTONES: 'skip' });
    expect(await skipping.write(records)).toMatchObject({
      errant: [],
      line: { message: 'flush written', rows: 0, tombstones: records.length },
    });
  });

  it('deletes the row of its key', async () => {
    const ids = [...noValue.keys()].map((n) => create(`K-${n}`));
    create('kept');
    const records = recordsOf(...noValue.map((value, n) => [ids[n] ?? '', value] as const));
    const written = await writerTo(org, operations.delete).write(records);
    expect(written).toMatchObject({ error: null, errant: [], line: { rows: ids.length } });
    expect(remaining()).toEqual(['kept']);
  });
});

it('a key in the wire format identifies the deleted row, in Avro and in JSON', async () => {
  const client = new Client({ host: registry.url });
  const record = { type: 'record', name: 'db.Key', fields: [{ name: 'sfid', type: 'string' }] };
  const avro = { type: SchemaType.AVRO as const, schema: JSON.stringify(record) };
  const { id } = await client.register(avro, { subject: 'record-key' });
  const ofText = registry.register('text-key', { schema: '"string"' });
  const ofJson = registry.register('json-key', { schema: '{}', schemaType: 'JSON' });
  const [text, field, json] = [create('text'), create('field'), create('json')];
  const keys = [
    framed(ofText, Buffer.concat([Buffer.of(text.length * 2), Buffer.from(text)])),
    await client.encode(id, { sfid: field }),
    framed(ofJson, JSON.stringify({ sfid: json })),
  ];
  const settings = { ...operations.delete, FIELD_MAP: '{"sfid":"Id"}' };
  const records = recordsOf(...keys.map((key) => [key, null] as const));
  expect(await writerTo(org, settings).write(records)).toMatchObject({
    errant: ['0@0 KEY_NOT_ID', '0@1 KEY_NOT_ID', '0@2 KEY_NOT_ID'],
  });
  const reading = writerTo(org, { ...settings, SCHEMA_REGISTRY_URL: registry.url });
  expect(await reading.write(records)).toMatchObject({ error: null, errant: [] });
  expect(remaining()).toEqual([]);
});

describe('a tombstone whose key is an envelope of Connect', () => {
  const decimal = {
    ...{ type: 'bytes', name: 'org.apache.kafka.connect.data.Decimal' },
    parameters: { scale: '0' },
  };
  const timestamp = { type: 'int64', name: 'org.apache.kafka.connect.data.Timestamp' };
  const only = (schema: object) => ({ type: 'struct', fields: [{ field: 'ID', ...schema }] });

  it.each([
    ['a text', { type: 'string' }, '42', '42'],
    ['a number', { type: 'int32' }, 42, '42'],
    ['a number of a struct', only({ type: 'int64' }), { ID: 42 }, '42'],
    ['a long number', { type: 'int64' }, 1234567890123456, '1234567890123456'],
    ['a decimal', decimal, 'Kg==', '42'],
    ['a decimal of a struct', only(decimal), { ID: 'Kg==' }, '42'],
    ['a timestamp', only(timestamp), { ID: 1_772_286_300_123 }, '2026-02-28T13:45:00.123Z'],
    ['plain JSON', null, 42, '42'],
  ])('deletes the row of that key: %s', async (_of, schema, payload, key) => {
    create(key);
    create('kept');
    const records = recordsOf([JSON.stringify({ schema, payload }), null]);
    const settings = { ...operations.upsert, TOMBSTONES: 'delete' };
    expect(await writerTo(org, settings).write(records)).toMatchObject({ error: null, errant: [] });
    expect(remaining()).toEqual(['kept']);
  });

  it('is errant if its schema contradicts it', async () => {
    const key = JSON.stringify({ schema: { type: 'int32' }, payload: 'x' });
    const settings = { ...operations.upsert, TOMBSTONES: 'delete' };
    expect(await writerTo(org, settings).write(recordsOf([key, null]))).toMatchObject({
      errant: ['0@0 KEY_MISSING'],
    });
  });
});

it('a key that is not UTF-8 is no other one, neither of a tombstone nor in a row', async () => {
  const latin1 = (text: string) => Buffer.from(text, 'latin1');
  create('Zo\ufffd');
  const deletes = { ...operations.upsert, TOMBSTONES: 'delete' };
  expect(await writerTo(org, deletes).write(recordsOf([latin1('Zoë'), null]))).toMatchObject({
    errant: ['0@0 KEY_MISSING'],
  });
  const TRANSFORM = '{"ExternalId__c": key, "LastName": value.n}';
  const rows = recordsOf([latin1('Zoë'), '{"n":"one"}'], [latin1('Zoé'), '{"n":"two"}']);
  expect(await writerTo(org, { ...operations.upsert, TRANSFORM }).write(rows)).toMatchObject({
    errant: ['0@0 TEXT_NOT_UTF8', '0@1 TEXT_NOT_UTF8'],
  });
  expect(remaining()).toEqual(['Zo\ufffd']);
});

describe('a delete that Debezium rewrote to a row', () => {
  const deleted = (fields: object, flag: unknown = 'true') =>
    JSON.stringify({ ...fields, __deleted: flag });

  it('is never written', async () => {
    create('A');
    const value = { ExternalId__c: 'A', LastName: 'Ada' };
    const records = recordsOf(['A', deleted(value)], ['A', deleted(value, true)]);
    for (const map of ['{}', '{"__deleted":null}', '{"__deleted":"HasOptedOutOfEmail"}']) {
      const settings = { ...operations.upsert, FIELD_MAP: map };
      expect(await writerTo(org, settings).write(records)).toMatchObject({
        errant: ['0@0 TOMBSTONE', '0@1 TOMBSTONE'],
      });
    }
    expect(org.records('Contact')).toMatchObject([{ LastName: 'A' }]);
  });

  it('deletes the row of the id in its fields or its key', async () => {
    const [byField, byKey] = [create('by field'), create('by key')];
    const schema = { type: 'struct', fields: [{ field: 'Id', type: 'string' }] };
    const records = recordsOf(
      ['7', deleted({ Id: byField, LastName: '' })],
      [JSON.stringify({ schema, payload: { Id: byKey } }), deleted({ LastName: 'x' })],
    );
    expect(await writerTo(org, operations.delete).write(records)).toMatchObject({ errant: [] });
    expect(remaining()).toEqual([]);
  });

  it("is a row without Debezium's fields if it is not deleted", async () => {
    const row = { ExternalId__c: 'A', LastName: 'Ada', __op: 'u', __ts_ms: 7, __source_lsn: 1 };
    const records = recordsOf(['A', deleted(row, 'false')], ['A', deleted(row, false)]);
    expect(await writerTo(org, operations.upsert).write(records)).toMatchObject({ errant: [] });
    expect(org.jobs().at(-1)?.csv).toBe('ExternalId__c,LastName\nA,Ada\n');
  });
});
