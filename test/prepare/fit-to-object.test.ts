import account from 'salesforce-bulk-emulator/objects/Account.json' with { type: 'json' };
import contact from 'salesforce-bulk-emulator/objects/Contact.json' with { type: 'json' };
import { beforeEach, describe, expect, it } from 'vitest';
import { useEmulator } from '../support/emulator.ts';
import { eventRecord } from '../support/event.ts';
import { operations, writerTo } from '../writing/support/write.ts';

const org = await useEmulator();
beforeEach(() => {
  org.describe(contact);
  org.describe(account);
});

const recordsOf = (...values: readonly object[]) =>
  values.map((value, offset) => eventRecord({ offset, value }));

const descriptions = () => org.requests().filter(({ call }) => call === 'describe').length;
const names = () => org.records('Contact').map(({ LastName }) => LastName);
const well = { error: null, errant: [] };

/** An object with one field more, or with a field changed. */
const withField = <T extends typeof contact | typeof account>(object: T, field: object) => {
  const { name } = field as { name: string };
  const find = (wanted: string) => object.fields.find((one) => one.name === wanted);
  const known = find(name) ?? find('ExternalId__c');
  const others = object.fields.filter((one) => one.name !== name);
  return { ...object, fields: [...others, { ...known, ...field }] };
};

/** Contacts with these external ids, one after the other. */
const keyed = (...keys: readonly string[]) =>
  recordsOf(...keys.map((key, n) => ({ ExternalId__c: key, LastName: `Number ${n}` })));

describe('with UNKNOWN_FIELDS=send the description', () => {
  const settings = { ...operations.upsert, UNKNOWN_FIELDS: 'send' };

  it.each([
    ['keys that have nothing in common', keyed('A-1', 'A-2', 'B-1')],
    ['keys in the same form', keyed('A', 'A', 'B', 'A')],
    ['one record', keyed('A')],
    ['records without a key', recordsOf({ LastName: 'A' }, { LastName: 'B' })],
  ])('is not asked for by %s', async (_what, records) => {
    await writerTo(org, settings).write(records);
    expect(descriptions()).toBe(0);
  });

  it('is not asked for by an insert, whose rows have no key', async () => {
    const { write } = writerTo(org, { UNKNOWN_FIELDS: 'send' });
    expect(await write(recordsOf({ LastName: 'A' }, { LastName: 'a' }))).toMatchObject(well);
    expect(descriptions()).toBe(0);
  });

  it('is asked for where two keys may be one in another form, and says whether they are', async () => {
    const { write } = writerTo(org, settings);
    expect(await write(keyed('ab', 'AB'))).toMatchObject(well);
    expect([descriptions(), org.jobs().length, names()]).toEqual([1, 1, ['Number 1']]);
  });

  it('says as well that they are two', async () => {
    org.describe(withField(contact, { name: 'ExternalId__c', caseSensitive: true }));
    expect(await writerTo(org, settings).write(keyed('ab', 'AB'))).toMatchObject(well);
    expect([descriptions(), org.jobs().length, names()]).toEqual([1, 1, ['Number 0', 'Number 1']]);
  });

  it('makes 100 spellings of one key cost one job', async () => {
    const spelling = (n: number) =>
      [...'customer'].map((one, place) => ((n >> place) & 1 ? one.toUpperCase() : one)).join('');
    const keys = Array.from({ length: 100 }, (_, n) => spelling(n));
    expect(new Set(keys).size).toBe(100);
    expect(await writerTo(org, settings).write(keyed(...keys))).toMatchObject(well);
    expect([org.jobs().length, names()]).toEqual([1, ['Number 99']]);
  });

  it('is done without where it is not readable: one job after the other', async () => {
    org.fault({ call: 'describe', action: { kind: 'status', status: 403 }, times: null });
    expect(await writerTo(org, settings).write(keyed('ab', 'AB', 'x'))).toMatchObject(well);
    expect([org.jobs().length, names()]).toEqual([2, ['Number 1', 'Number 2']]);
  });

  it('checks no field, though it was read', async () => {
    const records = [
      ...keyed('ab', 'AB'),
      eventRecord({ offset: 2, value: { ExternalId__c: 'x', Nope__c: 1 } }),
    ];
    expect(await writerTo(org, settings).write(records)).toMatchObject({ error: 'JOB_FAILED' });
  });
});

describe('a description that refuses something', () => {
  const added = (object: typeof contact | typeof account) =>
    withField(object, { name: 'New__c', label: 'New', unique: false });
  const before = recordsOf({ LastName: 'Before' });
  const later = recordsOf({ LastName: 'Later', New__c: 'x' });
  const errant = { error: null, errant: ['0@0 FIELD_UNKNOWN'] };

  it('is read again first when it is older than a minute', async () => {
    const { write, clock } = writerTo(org, {});
    await write(before);
    org.describe(added(contact));
    clock.pass(60_000);
    expect(await write(later)).toMatchObject(well);
    expect([names(), descriptions()]).toEqual([['Before', 'Later'], 2]);
  });

  it('is kept to when it is younger, so that bad records cost no call each', async () => {
    const { write, clock } = writerTo(org, {});
    await write(before);
    org.describe(added(contact));
    clock.pass(30_000);
    expect(await write(later)).toMatchObject(errant);
    expect(await write(later)).toMatchObject(errant);
    expect(descriptions()).toBe(1);
  });

  it('is read again once a minute, as long as it refuses something', async () => {
    const { write, clock } = writerTo(org, {});
    await write(before);
    for (let n = 0; n < 6; n++) {
      clock.pass(30_000);
      expect(await write(later)).toMatchObject(errant);
    }
    expect(descriptions()).toBe(4);
  });

  it('is not read again while it refuses nothing', async () => {
    const { write, clock } = writerTo(org, {});
    await write(before);
    clock.pass(30 * 60_000);
    await write(before);
    expect(descriptions()).toBe(1);
  });

  it('is read again before a field is left out, and before a flush fails', async () => {
    for (const UNKNOWN_FIELDS of ['drop', 'fail']) {
      org.describe(contact);
      const { write, clock, log } = writerTo(org, { UNKNOWN_FIELDS });
      await write(before);
      org.describe(added(contact));
      clock.pass(60_000);
      expect(await write(later)).toMatchObject(well);
      expect(log.lines.map(({ message }) => message)).not.toContain('fields left out');
    }
    expect(org.records('Contact').filter((one) => one['New__c'] === 'x')).toHaveLength(2);
  });

  it('is asked what null means once more when it was read again', async () => {
    const { write, clock } = writerTo(org, { NULL_VALUES: 'clear' });
    await write(before);
    const lookup = { type: 'reference', referenceTo: ['Contact'], relationshipName: 'Mentor__r' };
    const box = { type: 'boolean', nillable: false, externalId: false, unique: false };
    org.describe(
      withField(withField(contact, { name: 'Mentor__c', ...lookup, externalId: false }), {
        ...{ name: 'Agreed__c', ...box },
      }),
    );
    clock.pass(60_000);
    const nulls = recordsOf({ LastName: 'Later', Mentor__r: null, Agreed__c: null });
    expect(await write(nulls)).toMatchObject(well);
    expect(org.jobs().at(-1)?.csv).toBe('Agreed__c,LastName,Mentor__c\nfalse,Later,#N/A\n');
  });

  it('is read again too when it is that of a parent', async () => {
    const { write, clock } = writerTo(org, {});
    const linked = (field: string) => recordsOf({ LastName: 'A', Account: { [field]: 'A-1' } });
    org.seed('Account', { Name: 'A', ExternalId__c: 'A-1' });
    expect(await write(linked('ExternalId__c'))).toMatchObject(well);
    org.describe(added(account));
    expect(await write(linked('New__c'))).toMatchObject({ errant: ['0@0 FIELD_UNKNOWN'] });
    clock.pass(60_000);
    org.seed('Account', { Name: 'B', New__c: 'A-1' });
    expect(await write(linked('New__c'))).toMatchObject(well);
    expect(descriptions()).toBe(4);
  });
});

describe('numeric external ids', () => {
  beforeEach(() => {
    const key = { externalId: true, unique: true, idLookup: true };
    org.describe(withField(contact, { name: 'Score__c', ...key }));
  });

  it.each(['errant', 'send'])('are one row by value, with UNKNOWN_FIELDS=%s', async (send) => {
    const { write } = writerTo(org, {
      ...{ UNKNOWN_FIELDS: send, SALESFORCE_OPERATION: 'upsert' },
      SALESFORCE_EXTERNAL_ID_FIELD: 'Score__c',
    });
    const keys = [1, '1.0', '1e0', 2];
    const records = recordsOf(
      ...keys.map((Score__c, n) => ({ Score__c, LastName: `Number ${n}` })),
    );
    expect(await write(records)).toMatchObject(well);
    expect([org.jobs().length, names()]).toEqual([1, ['Number 2', 'Number 3']]);
  });
});
