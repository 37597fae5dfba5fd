import { describe, expect, it } from 'vitest';
import type { EventRecord } from '../../src/kafka/event.ts';
import { useEmulator } from '../support/emulator.ts';
import { eventRecord } from '../support/event.ts';
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
    const written = await writerTo(org, settings).write(recordsOf(['A', null]));
    expect(written).toMatchObject({ error: null, errant: [] });
    expect([contacts(), jobs()]).toEqual([['kept null'], []]);
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
});
