import contact from 'salesforce-bulk-emulator/objects/Contact.json' with { type: 'json' };
import { beforeEach, describe, expect, it } from 'vitest';
import { useEmulator } from '../support/emulator.ts';
import { eventRecord } from '../support/event.ts';
import { operations, writerTo } from './support/write.ts';

const org = await useEmulator();
beforeEach(() => {
  org.describe(contact);
});

const key = { ExternalId__c: 'A', LastName: 'Ada' };

/** Upserts values, by default with the key of one row. */
async function upserted(values: readonly object[], settings: Record<string, string> = {}) {
  const { write, log } = writerTo(org, { ...operations.upsert, ...settings });
  const { error, errant } = await write(
    values.map((value, offset) => eventRecord({ offset, value: { ...key, ...value } })),
  );
  const line = log.lines.find(({ message }) => message === 'fields left out');
  return { error, errant, row: org.records(settings['SALESFORCE_OBJECT'] ?? 'Contact')[0], line };
}

const clean = { error: null, errant: [] };
const placeholder = '__debezium_unavailable_value';
const bytes = Buffer.from(placeholder);

/** The placeholder in every form that Debezium writes. */
const forms: readonly (readonly [string, unknown])[] = [
  ['a text', placeholder],
  ['the base64 of bytes', bytes.toString('base64')],
  ['the hexadecimal digits of bytes', bytes.toString('hex')],
  // `UUID.nameUUIDFromBytes` of it, as Java prints it.
  ['a UUID', 'b68a35a7-17ad-35b3-af2a-ae46edb4545a'],
  ['an array of texts', [placeholder]],
  ['an array of numbers', [...bytes]],
  ['an hstore as a map', { [placeholder]: placeholder }],
  ['an hstore as JSON', JSON.stringify({ [placeholder]: placeholder })],
  ['an array of maps', [{ [placeholder]: placeholder }]],
];

describe('a value that the source did not send', () => {
  beforeEach(() => {
    org.seed('Contact', { ...key, Description: 'long', Title: 'Prof' });
  });

  it.each(forms)('does not change its field: %s', async (_form, value) => {
    expect(await upserted([{ Title: 'Dr', Description: value }])).toMatchObject({
      ...clean,
      row: { Title: 'Dr', Description: 'long' },
    });
  });

  it('does not change the value of another record of its key', async () => {
    const values = [{ Description: 'new' }, { Title: 'Dr', Description: placeholder }];
    expect(await upserted(values)).toMatchObject({
      ...clean,
      row: { Title: 'Dr', Description: 'new' },
    });
    expect(org.jobs()).toHaveLength(1);
  });

  it('may have any name and type', async () => {
    expect(await upserted([{ Visits__c: placeholder, nope: placeholder }])).toMatchObject(clean);
  });

  it('does not change its field in an object that is not described', async () => {
    const settings = { UNKNOWN_FIELDS: 'send' };
    expect(await upserted([{ Description: placeholder }], settings)).toMatchObject({
      ...clean,
      row: { Description: 'long' },
    });
  });

  it.each([
    ['another text', 'n/a', 'n/a'],
    ['bytes', 'hex:00ff', Buffer.from([0, 255]).toString('base64')],
  ])('may be configured as %s', async (_what, UNAVAILABLE_VALUE, value) => {
    expect(await upserted([{ Description: value }], { UNAVAILABLE_VALUE })).toMatchObject({
      row: { Description: 'long' },
    });
    const other = await upserted([{ Description: placeholder }], { UNAVAILABLE_VALUE });
    expect(other).toMatchObject({ row: { Description: placeholder } });
  });
});

describe('a null that is omitted', () => {
  it('is that of a required field', async () => {
    const settings = { SALESFORCE_OBJECT: 'Lead' };
    const lead = { Company: 'X', Status: 'Working' };
    org.seed('Lead', { ...key, ...lead });
    const owner = org.records('Lead')[0]?.['OwnerId'];
    const value = { Company: 'Y', Status: null, OwnerId: null };
    expect(await upserted([value], settings)).toMatchObject({
      ...clean,
      row: { Company: 'Y', Status: 'Working', OwnerId: owner },
    });
  });

  it('is that of a field that is not writable', async () => {
    const value = { Id: null, CreatedDate: null, IsDeleted: null };
    expect(await upserted([value])).toMatchObject({ ...clean, row: key });
    expect(await upserted([{ CreatedDate: '2026-02-28T00:00:00Z' }])).toMatchObject({
      errant: ['0@0 FIELD_NOT_WRITABLE'],
    });
  });

  it('is not that of a nullable field, which it clears', async () => {
    await upserted([{ Title: 'Dr' }]);
    expect(await upserted([{ Title: null }])).toMatchObject({ ...clean, row: { Title: null } });
  });
});

describe('an unknown field is dropped with UNKNOWN_FIELDS=drop', () => {
  const settings = { UNKNOWN_FIELDS: 'drop' };

  it.each([
    ['_ObjectType', 'Contact', '_ObjectType'],
    ['_id', { $oid: 'x' }, '_id'],
    ['@timestamp', 1, '@timestamp'],
    ['meta', { a: { b: 1 } }, 'meta'],
    ['history', [{ at: 1 }], 'history'],
    ['note', 'x'.repeat(200_000), 'note'],
    ['half', '\ud800', 'half'],
    ['tags', { 'alice@example.com': 1, bob: 2 }, 'tags'],
    ['LastName.alice@example.com', 1, 'LastName.…'],
  ])('%s', async (name, value, logged) => {
    const { line, ...outcome } = await upserted([{ [name]: value }], settings);
    expect(outcome).toMatchObject({ ...clean, row: key });
    expect(line?.['fields']).toEqual([logged]);
    expect(JSON.stringify(line)).not.toMatch(/alice|bob/);
  });
});
