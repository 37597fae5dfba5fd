import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { EventRecord } from '../../src/kafka/event.ts';
import { useEmulator } from '../support/emulator.ts';
import { eventRecord } from '../support/event.ts';
import { deliverAll } from './support/deliveries.ts';
import { inMemoryLedger } from './support/in-memory-ledger.ts';
import { operations, writerTo } from './support/write.ts';

const org = await useEmulator();

const settings = { ...operations.upsert, TOMBSTONES: 'delete' };

const base64 = (text: string) => Buffer.from(text).toString('base64');

/** A record of a key: a row with these fields, or a tombstone. */
type Given = readonly [key: string, fields: object | null];

const recordsOf = (...given: readonly Given[]): EventRecord[] =>
  given.map(([key, fields], offset) =>
    fields === null
      ? { ...eventRecord({ offset }), key: base64(key) }
      : eventRecord({ offset, value: { ExternalId__c: key, LastName: key, ...fields } }),
  );

const create = (key: string, fields: object = {}) =>
  org.seed('Contact', { LastName: key, ExternalId__c: key, ...fields });

/** Key and title of the contacts, sorted. */
const contacts = () =>
  org
    .records('Contact')
    .map(({ ExternalId__c, Title = null }) => `${ExternalId__c} ${Title}`)
    .toSorted();

/** The operation and the number of rows of each job. */
const jobs = () => org.jobs().map((job) => `${job.operation} ${job.numberRecordsProcessed}`);

const queries = () => org.requests().filter(({ call }) => call === 'query');

describe('a tombstone in an upsert sink with TOMBSTONES=delete', () => {
  it('deletes the row of its external id', async () => {
    for (const key of ['A', 'B', 'kept']) create(key);
    const written = await writerTo(org, settings).write(recordsOf(['A', null], ['B', null]));
    expect(written).toMatchObject({ error: null, errant: [] });
    expect(contacts()).toEqual(['kept null']);
    expect(jobs()).toEqual(['delete 2']);
    expect(queries()).toHaveLength(1);
  });

  it('is done when there is no such row, without a job', async () => {
    create('kept');
    const { write, log } = writerTo(org, settings);
    const written = await write(recordsOf(['A', null]));
    expect(written).toMatchObject({ error: null, errant: [] });
    expect([contacts(), jobs()]).toEqual([['kept null'], []]);
    expect(log.lines).toContainEqual(
      expect.objectContaining({ message: 'rows to delete not found', records: 1 }),
    );
  });

  it('takes one job beside that of the rows, and goes first', async () => {
    create('A');
    const written = await writerTo(org, settings).write(
      recordsOf(['B', { Title: 'b' }], ['A', null], ['C', { Title: 'c' }]),
    );
    expect(written).toMatchObject({ error: null, errant: [] });
    expect(contacts()).toEqual(['B b', 'C c']);
    expect(jobs()).toEqual(['delete 1', 'upsert 2']);
  });

  it('takes the fields of the old row with it when the row is made again', async () => {
    const id = create('A', { Title: 'old', Department: 'old' });
    await writerTo(org, settings).write(recordsOf(['A', null], ['A', { Department: 'new' }]));
    expect(contacts()).toEqual(['A null']);
    const [row] = org.records('Contact');
    expect(row).toMatchObject({ Department: 'new' });
    expect(row?.['Id']).not.toBe(id);
  });

  it('replaces the records of its key before it, which are never sent', async () => {
    const records = recordsOf(
      ['A', { Title: 'one' }],
      ['A', null],
      ['A', { Email: 'nobody' }],
      ['A', null],
      ['B', { Title: 'b' }],
    );
    expect(await writerTo(org, settings).write(records)).toMatchObject({ error: null, errant: [] });
    expect([contacts(), jobs()]).toEqual([['B b'], ['upsert 1']]);
  });

  it.each([
    ['quotes and backslashes', `O'Neill \\ "x"`],
    ['other letters', 'Ångström 東京'],
    ['percent and underscore', '100%_'],
    ['a line break', 'one\ntwo'],
    ['other capitals', 'a'],
  ])('finds a key with %s', async (_what, key) => {
    create(key.replace(/^a$/, 'A'));
    create('kept');
    const json = JSON.stringify(key);
    const records = [{ ...eventRecord({ offset: 0 }), key: base64(json) }];
    expect(await writerTo(org, settings).write(records)).toMatchObject({ error: null, errant: [] });
    expect(contacts()).toEqual(['kept null']);
  });
});

describe('a row that Salesforce refuses to delete', () => {
  const refused = 'DELETE_FAILED:Your attempt to delete A could not be completed';

  it('stays, and the records of its key before it are written after all', async () => {
    const Id = create('A');
    org.fault({ rowError: refused, times: null, match: { Id } });
    const records = recordsOf(['A', { Title: 'one' }], ['A', null], ['A', { Department: 'd' }]);
    expect(await writerTo(org, settings).write(records)).toMatchObject({
      error: null,
      errant: ['0@1 DELETE_FAILED'],
    });
    expect(org.records('Contact')).toMatchObject([{ Title: 'one', Department: 'd' }]);
  });
});

describe('the look-up of rows to delete', () => {
  const contact = JSON.parse(readFileSync('emulator/objects/Contact.json', 'utf8')) as {
    fields: { name: string }[];
  };
  const like = contact.fields.find(({ name }) => name === 'ExternalId__c');

  /** Contacts whose external id is another field. */
  const describeContact = (field: object) =>
    org.describe({ ...contact, fields: [...contact.fields, { ...like, ...field }] });

  it('finds numbers by their value', async () => {
    describeContact({ name: 'Number__c', type: 'double', length: 0, precision: 18, scale: 2 });
    for (const number of [7, 8, 9.5]) {
      org.seed('Contact', { LastName: String(number), Number__c: number });
    }
    const tooLong = '1234567890123456789';
    const keys = ['7', '"8.0"', '95e-1', 'no number', tooLong, '1e30'];
    const records = keys.map((key, offset) => ({ ...eventRecord({ offset }), key: base64(key) }));
    const given = { ...settings, SALESFORCE_EXTERNAL_ID_FIELD: 'Number__c' };
    expect(await writerTo(org, given).write(records)).toMatchObject({
      ...{ error: null, errant: ['0@3 KEY_INVALID', '0@4 KEY_INVALID', '0@5 KEY_INVALID'] },
    });
    expect(org.records('Contact')).toEqual([]);
  });

  it('deletes none of several rows, and reads all pages to know', async () => {
    describeContact({ name: 'Group__c', unique: false });
    for (let n = 0; n < 2_010; n++) org.seed('Contact', { LastName: `${n}`, Group__c: 'many' });
    org.seed('Contact', { LastName: 'one', Group__c: 'one' });
    const given = { ...settings, SALESFORCE_EXTERNAL_ID_FIELD: 'Group__c' };
    const written = await writerTo(org, given).write(recordsOf(['many', null], ['one', null]));
    expect(written).toMatchObject({ error: null, errant: ['0@0 KEY_AMBIGUOUS'] });
    expect(org.records('Contact')).toHaveLength(2_010);
    expect(queries()).toHaveLength(2);
    const strict = writerTo(org, { ...given, ERRORS_TOLERANCE: 'none' });
    const { error, message } = await strict.write(recordsOf(['many', null]));
    expect(error).toBe('ERRANT_RECORDS');
    expect(message).toContain('contacts-0@0 KEY_AMBIGUOUS: 2010 rows have this Group__c');
  });

  it.each(['', 'key-'])('takes few calls for 10,000 keys that begin with "%s"', async (start) => {
    const given = Array.from({ length: 10_000 }, (_, n) => [`${start}${n}`, null] as const);
    for (let n = 0; n < 10_000; n += 100) create(`${start}${n}`);
    const written = await writerTo(org, settings).write(recordsOf(...given));
    expect(written).toMatchObject({ error: null, errant: [] });
    expect([contacts(), jobs()]).toEqual([[], ['delete 100']]);
    expect(queries().length).toBeLessThan(25);
  });

  it('is made again when it fails for a moment', async () => {
    create('A');
    org.fault({ call: 'query', action: { kind: 'status', status: 503 }, times: 2 });
    const written = await writerTo(org, settings).write(recordsOf(['A', null]));
    expect([written.error, contacts()]).toEqual([null, []]);
  });

  it('fails the flush when it is refused, without the keys in the message', async () => {
    create('secret-key');
    const body = [{ errorCode: 'INVALID_FIELD', message: "IN ('secret-key')" }];
    org.fault({ call: 'query', action: { kind: 'status', status: 400, body }, times: null });
    const records = recordsOf(['secret-key', null]);
    const sink = writerTo(org, settings);
    const { error, message } = await sink.write(records);
    expect(error).toBe('OBJECT_INVALID');
    expect(message).toContain('Salesforce refused the query (400 INVALID_FIELD)');
    expect(message + JSON.stringify(sink.log.lines)).not.toContain('secret-key');
    expect(contacts()).toEqual(['secret-key null']);
  });

  it('is bounded by the time of the flush', async () => {
    create('A');
    org.fault({ call: 'query', action: { kind: 'status', status: 503 }, times: null });
    const { error } = await writerTo(org, settings).write(recordsOf(['A', null]));
    expect(error).toBe('SALESFORCE_UNAVAILABLE');
  });
});

describe('a delete of Debezium', () => {
  const event = (before: object | null, key: object, offset = 0): EventRecord => ({
    ...eventRecord({ offset, value: { op: 'd', source: {}, before, after: null } }),
    key: base64(JSON.stringify(key)),
  });
  const mapped = { ...settings, FIELD_MAP: '{"id":"ExternalId__c","last_name":"LastName"}' };

  it('deletes by the key that its row had', async () => {
    for (const key of ['7', '8', '9']) create(key);
    const records = [
      event({ id: 7, last_name: '', email: null }, { id: 7 }),
      event(null, { id: 8 }, 1),
      { ...eventRecord({ offset: 2 }), key: base64('{"id":9}') },
    ];
    expect(await writerTo(org, mapped).write(records)).toMatchObject({ error: null, errant: [] });
    expect(contacts()).toEqual([]);
  });

  it('is errant when its row is known by the key alone and the external id is not in it', async () => {
    create('0');
    const byCode = { ...settings, FIELD_MAP: '{"code":"ExternalId__c"}' };
    const records = [
      event({ id: 7, code: 0, name: '' }, { id: 7 }),
      { ...eventRecord({ offset: 1 }), key: base64('{"id":7}') },
      event({ id: 7, code: 'A', name: 'x' }, { id: 7 }, 2),
    ];
    expect(await writerTo(org, byCode).write(records)).toMatchObject({
      error: null,
      errant: ['0@0 KEY_MISSING', '0@1 KEY_MISSING'],
    });
    expect(contacts()).toEqual(['0 null']);
  });

  it.each(['7', null])('is errant when its key %j is another column', async (key) => {
    for (const one of ['0', '7']) create(one);
    const byCode = { ...settings, FIELD_MAP: '{"code":"ExternalId__c"}', UNKNOWN_FIELDS: 'drop' };
    const { key: _, ...record } = event({ id: 7, code: 0, name: '' }, {});
    const records = [key === null ? record : { ...record, key: base64(key) }];
    expect(await writerTo(org, byCode).write(records)).toMatchObject({
      ...{ error: null, errant: ['0@0 KEY_MISSING'] },
    });
    expect(contacts()).toEqual(['0 null', '7 null']);
  });

  it('of a key that TRANSFORM builds leaves other rows alone, with a tombstone behind it', async () => {
    for (const key of ['T-1', '1']) create(key);
    const TRANSFORM = 'value ? {"ExternalId__c": "T-" & value.id, "LastName": value.name}';
    const records = [event({ id: 1 }, { id: 1 }), { ...recordsOf(['1', null])[0]!, offset: 1 }];
    const written = await writerTo(org, { ...settings, TRANSFORM }).write(records);
    expect(written).toMatchObject({ error: null, errant: [] });
    expect(contacts()).toEqual(['1 null']);
  });

  it('goes through TRANSFORM, which may make its key of several fields or leave it out', async () => {
    for (const key of ['de-7', 'fr-7']) create(key);
    const TRANSFORM = 'key.kind = "c" ? {"ExternalId__c": key.land & "-" & key.no}';
    const keys = ['{"kind":"c","land":"de","no":7}', '{"kind":"x","land":"fr","no":7}'];
    const records = keys.map((key, offset) => ({ ...eventRecord({ offset }), key: base64(key) }));
    expect(await writerTo(org, { ...settings, TRANSFORM }).write(records)).toMatchObject({
      ...{ error: null, errant: [] },
      line: { filtered: 1 },
    });
    expect(contacts()).toEqual(['fr-7 null']);
  });
});

describe('a tombstone in an update sink with TOMBSTONES=delete', () => {
  it('deletes the row of its id, without a look-up', async () => {
    const [one, two] = [create('A'), create('B')];
    const records = [
      { ...eventRecord({ offset: 0 }), key: base64(one) },
      eventRecord({ offset: 1, value: { Id: two, Title: 'b' } }),
    ];
    const given = { ...operations.update, TOMBSTONES: 'delete' };
    expect(await writerTo(org, given).write(records)).toMatchObject({ error: null, errant: [] });
    expect([contacts(), jobs()]).toEqual([['B b'], ['delete 1', 'update 1']]);
    expect(queries()).toEqual([]);
  });
});

describe('a flush with deletes that is killed', () => {
  const kills = Array.from({ length: 45 }, (_, index) => index + 1);

  it.each(kills)('after %i calls leaves what its records say', async (killedAfter) => {
    const [, locked] = [create('A'), create('B')];
    // The job that deletes A does not write all of its rows, so the redelivery cannot trust it.
    org.fault({ rowError: 'UNABLE_TO_LOCK_ROW', match: { Id: locked } });
    const topic = recordsOf(['A', null], ['B', null], ['A', { Title: 'new' }], ['C', {}]);
    const target = { org, settings: { ...settings, LEDGER_TABLE: 'kept' } };
    const how = [{ records: 4, killedAfter }];
    expect([...(await deliverAll(target, topic, how)).keys()]).toEqual([]);
    expect(contacts()).toEqual(['A new', 'C null']);
  });
});

describe('a delete whose flush is killed', () => {
  it('does not delete the row that a later record of its key has written', async () => {
    const ledger = inMemoryLedger();
    const given = { ...settings, LEDGER_TABLE: 'kept' };
    create('A');
    const records = recordsOf(['A', null], ['A', { Title: 'new' }], ['B', null]);
    org.fault({ call: 'create', skip: 1, when: 'after', action: { kind: 'reset' } });
    const first = await writerTo(org, given, { ledger }).write(records);
    expect(first.error).toBe('JOB_CREATE_UNKNOWN');
    for (const _ of [1, 2]) await writerTo(org, given, { ledger }).write(records);
    expect(contacts()).toEqual(['A new']);
  });

  it.each([
    ['', []],
    [' and is killed too', [{ call: 'failedResults', action: { kind: 'reset' }, times: null }]],
  ] as const)(
    'has replaced updates before it if the redelivery is cut there%s',
    async (_, faults) => {
      const ledger = inMemoryLedger();
      const given = { ...operations.update, TOMBSTONES: 'delete', LEDGER_TABLE: 'kept' };
      const [one, two] = [create('A'), create('B')];
      const update = (offset: number, id: string) =>
        eventRecord({ offset, value: { Id: id, Title: 'new' } });
      const tombstone = (offset: number, id: string) => ({
        ...eventRecord({ offset }),
        key: base64(id),
      });
      // The delete of a row that never was makes the results of that job count for nothing.
      const records = [
        ...[update(0, one), tombstone(1, one), tombstone(2, '003Em0zzzzzzzzz'), update(3, two)],
      ];
      org.fault({ call: 'create', skip: 1, when: 'after', action: { kind: 'reset' } });
      const write = (some: typeof records) => writerTo(org, given, { ledger }).write(some);
      expect(await write(records)).toMatchObject({ error: 'JOB_CREATE_UNKNOWN' });
      for (const fault of faults) {
        org.fault(fault);
        expect(await write(records.slice(0, 1))).toMatchObject({ error: 'SALESFORCE_UNREACHABLE' });
        await fetch(`${org.url}/__emulator/faults`, { method: 'DELETE' });
      }
      expect(await write(records.slice(0, 1))).toMatchObject({ error: null, errant: [] });
      const errant = ['0@2 INVALID_CROSS_REFERENCE_KEY'];
      expect(await write(records.slice(1))).toMatchObject({ error: null, errant });
      expect(contacts()).toEqual(['B new']);
    },
  );
});
