import contact from 'salesforce-bulk-emulator/objects/Contact.json' with { type: 'json' };
import { beforeEach, describe, expect, it } from 'vitest';
import { useEmulator } from '../support/emulator.ts';
import { eventRecord } from '../support/event.ts';
import { operations, writerTo } from './support/write.ts';

const org = await useEmulator();
beforeEach(() => {
  org.describe(contact);
  org.permit({ hidden: [], readOnly: [], hardDelete: true });
});

const recordsOf = (...values: readonly object[]) =>
  values.map((value, offset) => eventRecord({ offset, value }));

const names = () => org.records('Contact').map(({ LastName }) => LastName);
const calls = (purpose: string) => org.requests().filter(({ call }) => call === purpose).length;
const errant = (code: string) => ({ error: null, errant: [`0@1 ${code}`] });

/** Three records, the second with these fields. */
const withBad = (value: object) =>
  recordsOf({ LastName: 'A' }, { LastName: 'Bad', ...value }, { lastname: 'C' });

const without = (field: string) => ({
  ...contact,
  fields: contact.fields.filter(({ name }) => name !== field),
});

describe('one bad field', () => {
  it.each<[string, object, string]>([
    ['that is unknown', { Nope__c: 1 }, 'FIELD_UNKNOWN'],
    ['that is read-only', { Name: 'x' }, 'FIELD_NOT_WRITABLE'],
    ['that is the id', { Id: '003Em0000000001' }, 'FIELD_NOT_WRITABLE'],
    ['of an unknown relationship', { Nope: { X__c: 'A' } }, 'FIELD_UNKNOWN'],
    ['that a parent does not have', { Account: { Nope__c: 'A' } }, 'FIELD_UNKNOWN'],
    ['that does not identify a parent', { Account: { Name: 'A' } }, 'RELATIONSHIP_INVALID'],
    ['of another object', { 'User:Account': { Email: 'a' } }, 'RELATIONSHIP_INVALID'],
  ])('makes only its own record errant: %s', async (_what, value, code) => {
    const { write } = writerTo(org, {});
    expect(await write(withBad(value))).toMatchObject(errant(code));
    expect(names()).toEqual(['A', 'C']);
    expect(org.jobs()).toHaveLength(1);
  });

  it('may be one that field-level security hides, or makes read-only', async () => {
    org.permit({ hidden: ['Contact.Title'], readOnly: ['Contact.Phone'] });
    const hidden = await writerTo(org, {}).write(withBad({ Title: 'x' }));
    const readOnly = await writerTo(org, {}).write(withBad({ Phone: 'x' }));
    expect([hidden, readOnly]).toMatchObject([
      errant('FIELD_UNKNOWN'),
      errant('FIELD_NOT_WRITABLE'),
    ]);
  });

  it('is dropped with drop, and logged', async () => {
    const { write, log } = writerTo(org, { UNKNOWN_FIELDS: 'drop' });
    expect(await write(withBad({ Nope__c: 1 }))).toMatchObject({ error: null, errant: [] });
    expect(names()).toEqual(['A', 'Bad', 'C']);
    expect(log.lines).toContainEqual(
      expect.objectContaining({ message: 'fields left out', fields: ['Nope__c'] }),
    );
  });

  it('fails the flush before any job with fail, and with ERRORS_TOLERANCE=none', async () => {
    const records = withBad({ Nope__c: 1 });
    const failing = await writerTo(org, { UNKNOWN_FIELDS: 'fail' }).write(records);
    const strict = await writerTo(org, { ERRORS_TOLERANCE: 'none' }).write(records);
    expect([failing.error, strict.error]).toEqual(['FIELDS_UNKNOWN', 'ERRANT_RECORDS']);
    expect(failing.message).toContain('Contact has no field Nope__c');
    expect(org.jobs()).toEqual([]);
  });

  it('fails the whole job with send, which does not describe the object', async () => {
    const { write } = writerTo(org, { UNKNOWN_FIELDS: 'send' });
    expect(await write(withBad({ Nope__c: 1 }))).toMatchObject({ error: 'JOB_FAILED' });
    expect(await write(recordsOf({ LastName: 'A' }))).toMatchObject({ error: null });
    expect(calls('describe')).toBe(0);
  });
});

describe('the header', () => {
  it("has Salesforce's spelling", async () => {
    org.seed('Account', { Name: 'A', ExternalId__c: 'A' });
    const value = { lastname: 'A', account: { externalid__c: 'A' }, 'owner.EMAIL': null };
    await writerTo(org, {}).write(recordsOf(value));
    expect(org.jobs()[0]?.csv).toBe('Account.ExternalId__c,LastName,Owner.Email\nA,A,\n');
  });

  it('has the object of a lookup that refers to several', async () => {
    const { Email } = org.records('User')[0] ?? {};
    const value = { Subject: 'x', 'user:owner': { email: Email } };
    const wrong = { Subject: 'y', Owner: { Email } };
    const written = await writerTo(org, { SALESFORCE_OBJECT: 'Case' }).write(
      recordsOf(value, wrong),
    );
    expect(written).toMatchObject(errant('RELATIONSHIP_INVALID'));
    expect(org.jobs()[0]?.csv).toContain('Subject,User:Owner.Email\n');
    expect(org.records('Case')).toHaveLength(1);
  });
});

describe('null', () => {
  const upsert = (value: object, settings = {}) => {
    const ExternalId__c = 'K';
    return writerTo(org, { ...operations.upsert, ...settings }).write(
      recordsOf({ ExternalId__c, LastName: 'A', ...value }),
    );
  };
  const only = () => org.records('Contact')[0] ?? {};

  it('of a struct clears what its fields are mapped to, as an empty text clears its field', async () => {
    org.seed('Contact', { LastName: 'A', ExternalId__c: 'A', OtherLatitude: 1.5, Title: 'x' });
    const point = { type: 'struct', optional: true, field: 'spot', fields: [] };
    const text = (field: string) => ({ type: 'string', field });
    const value = {
      schema: { type: 'struct', fields: [text('ExternalId__c'), text('Title'), point] },
      payload: { ExternalId__c: 'A', Title: '', spot: null },
    };
    const settings = { ...operations.upsert, FIELD_MAP: '{"spot.x":"OtherLatitude"}' };
    const { write } = writerTo(org, settings);
    expect(await write(recordsOf(value))).toMatchObject({ error: null, errant: [] });
    const [row] = org.records('Contact');
    expect([row?.['OtherLatitude'] ?? null, row?.['Title'] ?? null]).toEqual([null, null]);
  });

  it.each([{ Account: null }, { Account: { ExternalId__c: null } }, { AccountId: null }])(
    'unlinks a parent: %j',
    async (value) => {
      const AccountId = org.seed('Account', { Name: 'A', ExternalId__c: 'A' });
      await upsert({ Account: { ExternalId__c: 'A' } });
      expect(only()['AccountId']).toBe(AccountId);
      expect(await upsert(value, { NULL_VALUES: 'empty' })).toMatchObject({ error: null });
      expect(only()['AccountId']).toBe(AccountId);
      expect(await upsert(value)).toMatchObject({ error: null, errant: [] });
      expect(only()['AccountId']).toBeNull();
    },
  );

  it('unchecks a checkbox', async () => {
    await upsert({ Active__c: true });
    expect(await upsert({ Active__c: null }, { NULL_VALUES: 'empty' })).toMatchObject({
      errant: [],
    });
    expect(only()['Active__c']).toBe(true);
    expect(await upsert({ Active__c: null })).toMatchObject({ error: null, errant: [] });
    expect(only()['Active__c']).toBe(false);
  });
});

describe('an object', () => {
  const one = recordsOf({ Id: '003Em0000000001', ExternalId__c: 'A', LastName: 'A' });

  it.each([
    ['insert', 'createable'],
    ['update', 'updateable'],
    ['upsert', 'updateable'],
    ['delete', 'deletable'],
    ['hardDelete', 'deletable'],
  ] as const)(
    'that does not allow %s fails the flush, with the missing permission',
    async (operation, flag) => {
      org.describe({ ...contact, [flag]: false });
      const written = await writerTo(org, operations[operation]).write(one);
      expect(written.error).toBe('OBJECT_INVALID');
      expect(written.message).toContain(`${operation} is not possible: Contact is not ${flag}`);
      expect(org.jobs()).toEqual([]);
    },
  );

  it.each([
    ['Nope__c', 'has no field Nope__c'],
    ['Phone', 'Phone is not an external id field'],
  ])(
    'without the external id field %s fails the flush, with the problem',
    async (field, problem) => {
      const settings = { ...operations.upsert, SALESFORCE_EXTERNAL_ID_FIELD: field };
      const { error, message } = await writerTo(org, settings).write(one);
      expect(error).toBe('OBJECT_INVALID');
      expect(message).toContain(`SALESFORCE_EXTERNAL_ID_FIELD: `);
      expect(message).toContain(problem);
    },
  );

  it('that does not exist fails the flush', async () => {
    const { error, message } = await writerTo(org, { SALESFORCE_OBJECT: 'Nope__c' }).write(one);
    expect([error, org.jobs()]).toEqual(['OBJECT_INVALID', []]);
    expect(message).toContain('The org has no object Nope__c');
  });

  it('that cannot be described fails the flush, except with UNKNOWN_FIELDS=send', async () => {
    const body = [{ errorCode: 'INSUFFICIENT_ACCESS', message: 'no' }];
    const action = { kind: 'status', status: 403, body } as const;
    org.fault({ call: 'describe', action, times: null });
    const { error, message } = await writerTo(org, {}).write(recordsOf({ LastName: 'A' }));
    expect(error).toBe('OBJECT_INVALID');
    expect(message).toContain('UNKNOWN_FIELDS=send does without');
    const sent = await writerTo(org, { UNKNOWN_FIELDS: 'send' }).write(
      recordsOf({ LastName: 'A' }),
    );
    expect(sent).toMatchObject({ error: null, errant: [] });
  });

  it.each([
    [410, 'GONE', /^SALESFORCE_REFUSED: .*SALESFORCE_API_VERSION/],
    [403, 'API_DISABLED_FOR_ORG', /^SALESFORCE_REFUSED: .*"API Enabled"/],
    [404, null, /^SALESFORCE_REFUSED: .* answered 404 without a reason/],
  ])('is not the reason for %i %s of the describe call', async (status, errorCode, message) => {
    const body = errorCode === null ? '<html>' : [{ errorCode, message: 'x' }];
    org.fault({ call: 'describe', times: null, action: { kind: 'status', status, body } });
    expect((await writerTo(org, {}).write(recordsOf({ LastName: 'A' }))).message).toMatch(message);
  });

  it('whose parent cannot be described leaves its fields to Salesforce', async () => {
    org.seed('Account', { Name: 'A', ExternalId__c: 'A' });
    const action = { kind: 'status', status: 403 } as const;
    org.fault({ call: 'describe', action, skip: 1 });
    const { write } = writerTo(org, {});
    const records = recordsOf({ LastName: 'A', Account: { ExternalId__c: 'A' } });
    expect(await write(records)).toMatchObject({ error: null, errant: [] });
    expect(await write(records)).toMatchObject({ error: null, errant: [] });
    expect(calls('describe')).toBe(2);
  });

  it('whose rows may not be hard deleted fails the flush, with the missing permission', async () => {
    org.permit({ hardDelete: false });
    const { error, message } = await writerTo(org, operations.hardDelete).write(one);
    expect(error).toBe('OBJECT_INVALID');
    expect(message).toContain('Bulk API Hard Delete');
  });
});

describe('the description', () => {
  const record = (value = {}) => recordsOf({ LastName: 'A', ...value });

  it('is fetched once by an execution environment, and again after an hour', async () => {
    const { write, clock } = writerTo(org, {});
    await write(record());
    await write(record());
    expect(calls('describe')).toBe(1);
    clock.pass(3_600_000);
    await write(record());
    expect(calls('describe')).toBe(2);
  });

  it('is fetched again after a job that failed for a deleted field', async () => {
    const { write } = writerTo(org, {});
    const records = recordsOf({ LastName: 'A', Title: 'x' }, { LastName: 'B' });
    await write(record());
    org.describe(without('Title'));
    expect(await write(records)).toMatchObject({ error: 'JOB_FAILED' });
    expect(await write(records)).toMatchObject({ error: null, errant: ['0@0 FIELD_UNKNOWN'] });
    expect(names()).toEqual(['A', 'B']);
  });

  it('is fetched again after OBJECT_INVALID, which may be fixed meanwhile', async () => {
    const { write } = writerTo(org, {});
    org.describe({ ...contact, createable: false });
    expect(await write(record())).toMatchObject({ error: 'OBJECT_INVALID' });
    org.describe(contact);
    expect(await write(record())).toMatchObject({ error: null });
  });
});

describe('tombstones', () => {
  const tombstone = (offset: number) => eventRecord({ offset, key: 'QQ==' });

  it('that are skipped are counted, and neither errant nor rows', async () => {
    const settings = { ...operations.upsert, TOMBSTONES: 'skip' };
    const value = { ExternalId__c: 'A', LastName: 'A' };
    const records = [eventRecord({ offset: 0, value }), tombstone(1), tombstone(2)];
    const { errant: reported, line } = await writerTo(org, settings).write(records);
    expect(reported).toEqual([]);
    expect(line).toMatchObject({ message: 'flush written', records: 3, rows: 1, tombstones: 2 });
  });

  it('alone, skipped, cause neither a job nor a describe call', async () => {
    const settings = { ...operations.upsert, TOMBSTONES: 'skip' };
    expect(await writerTo(org, settings).write([tombstone(0)])).toMatchObject({ error: null });
    expect([org.jobs(), calls('describe')]).toEqual([[], 0]);
  });
});

it('a field with the name of the record id field is refused, also after a record whose value of it is unavailable', async () => {
  const write = writerTo(org, { SALESFORCE_RECORD_ID_FIELD: 'ExternalId__c' });
  const records = ['__debezium_unavailable_value', 'of the source'].map((id, offset) =>
    eventRecord({ offset, value: { ExternalId__c: id, LastName: `Row ${offset}` } }),
  );
  expect(await write.write(records)).toMatchObject({ errant: ['0@1 FIELD_REPEATED'] });
  expect(org.records('Contact')).toMatchObject([{ LastName: 'Row 0' }]);
});
