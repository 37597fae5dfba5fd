import { describe, expect, it } from 'vitest';
import { useEmulator } from '../support/emulator.ts';
import { eventRecord } from '../support/event.ts';
import { inMemoryLedger } from './support/in-memory-ledger.ts';
import { operations, writerTo } from './support/write.ts';

const org = await useEmulator();

const base64 = (text: string) => Buffer.from(text).toString('base64');
const names = () => org.records('Contact').map(({ LastName }) => LastName);

/** A CloudEvent of a contact. */
const cloudEvent = (type: string, name: string) => ({
  ...{ specversion: '1.0', type, source: '/crm', id: name },
  data: { person: { surname: name, emails: [`${name}@example.com`] } },
});

const TRANSFORM = `
  value.type = "contact.changed" ? {
    "LastName": value.data.person.surname,
    "Email": value.data.person.emails[0],
    "ExternalId__c": key,
    "Title": "from " & topic
  }`;

describe('TRANSFORM', () => {
  it('makes rows of nested events, and leaves others out', async () => {
    const { write } = writerTo(org, { ...operations.upsert, TRANSFORM });
    const records = [
      {
        ...eventRecord({ offset: 0, value: cloudEvent('contact.changed', 'ada') }),
        key: base64('A'),
      },
      {
        ...eventRecord({ offset: 1, value: cloudEvent('account.changed', 'bob') }),
        key: base64('B'),
      },
      {
        ...eventRecord({ offset: 2, value: cloudEvent('contact.changed', 'eve') }),
        key: base64('C'),
      },
    ];
    expect(await write(records)).toMatchObject({
      ...{ error: null, errant: [] },
      line: { message: 'flush written', rows: 2, filtered: 1 },
    });
    expect(org.records('Contact')).toMatchObject([
      { LastName: 'ada', Email: 'ada@example.com', ExternalId__c: 'A', Title: 'from contacts' },
      { LastName: 'eve', Email: 'eve@example.com', ExternalId__c: 'C' },
    ]);
  });

  it('comes before FIELD_MAP, and after a change event is unwrapped', async () => {
    const settings = {
      ...{ TRANSFORM: '{"surname": $uppercase(value.last_name)}' },
      FIELD_MAP: '{"surname":"LastName"}',
    };
    const after = { last_name: 'ada' };
    const value = { before: null, after, source: {}, op: 'c' };
    expect(await writerTo(org, settings).write([eventRecord({ value })])).toMatchObject({
      errant: [],
    });
    expect(names()).toEqual(['ADA']);
  });

  it('makes a record errant for which it fails, and no other', async () => {
    const settings = { TRANSFORM: '{"LastName": $uppercase(value.name)}' };
    const { write, log } = writerTo(org, settings);
    const records = [{ name: 'ada' }, { name: 7 }, { name: 'eve' }].map((value, offset) =>
      eventRecord({ offset, value }),
    );
    expect(await write(records)).toMatchObject({ error: null, errant: ['0@1 TRANSFORM_FAILED'] });
    expect(names()).toEqual(['ADA', 'EVE']);
    const line = log.lines.find(({ message }) => message === 'errant record');
    expect(line).toMatchObject({ stage: 'mapping' });
    expect(line?.['reason']).toContain('the expression failed: JSONata error T0410');
  });

  it('keeps the digits of a number that it only passes on', async () => {
    const { write } = writerTo(org, { TRANSFORM: '{"LastName": "x", "Title": value.n}' });
    const record = { ...eventRecord({}), value: base64('{"n":1234567890123456789.5}') };
    expect(await write([record])).toMatchObject({ errant: [] });
    expect(org.records('Contact')).toMatchObject([{ Title: '1234567890123456789.5' }]);
  });

  it('that leaves everything out commits without a job', async () => {
    const { write } = writerTo(org, { TRANSFORM: 'nothing' });
    expect(await write([eventRecord({ value: { LastName: 'x' } })])).toMatchObject({
      ...{ error: null, errant: [] },
      line: { rows: 0, filtered: 1 },
    });
    expect(org.jobs()).toEqual([]);
  });

  it('makes the same rows again for a redelivery, which finds the job of the first', async () => {
    const ledger = inMemoryLedger();
    const settings = { ...operations.upsert, TRANSFORM, LEDGER_TABLE: 'kept' };
    const records = ['ada', 'bob', 'eve'].map((name, offset) => ({
      ...eventRecord({
        offset,
        value: cloudEvent(name === 'bob' ? 'account.changed' : 'contact.changed', name),
      }),
      key: base64(name),
    }));
    org.fault({ rowError: 'UNABLE_TO_LOCK_ROW:locked:--', match: { LastName: 'eve' }, times: 1 });
    const first = writerTo(org, { ...settings, POLL_MAX_STEPS: '1' }, { ledger });
    org.configure({ queueMs: 200 });
    expect(await first.write(records)).toMatchObject({ error: 'JOB_STILL_RUNNING' });
    org.configure({ queueMs: 0 });
    const second = writerTo(org, settings, { ledger });
    expect(await second.write(records)).toMatchObject({
      ...{ error: null, errant: [] },
      line: { rows: 2, filtered: 1 },
    });
    expect(names()).toEqual(['ada', 'eve']);
    expect(await writerTo(org, settings, { ledger }).write(records)).toMatchObject({
      line: { rows: 0, skipped: 3 },
    });
    expect(names()).toEqual(['ada', 'eve']);
  });

  it('leaves out tombstones and deletes of other types, also where they are errant', async () => {
    const given = { ...operations.upsert, TRANSFORM: 'event.source.table = "a" ? value' };
    const event = (table: string) => ({
      op: 'd',
      source: { table },
      before: { id: 1 },
      after: null,
    });
    const values = [event('b'), null, event('a')];
    const records = values.map((value, offset) => eventRecord({ offset, value }));
    const { write } = writerTo(org, given);
    expect(await write(records)).toMatchObject({ error: null, errant: ['0@2 TOMBSTONE'] });
  });
});
