import { readFileSync } from 'node:fs';
import contact from 'salesforce-bulk-emulator/objects/Contact.json' with { type: 'json' };
import { beforeEach, describe, expect, it } from 'vitest';
import { useEmulator } from '../support/emulator.ts';
import { eventRecord } from '../support/event.ts';
import { operations, writerTo } from './support/write.ts';

const org = await useEmulator();
beforeEach(() => {
  org.describe(contact);
});

/** Upserts values in one batch, and returns the errant records and the contacts. */
async function upserted(values: readonly unknown[], settings: Record<string, string> = {}) {
  const { write, log } = writerTo(org, { ...operations.upsert, ...settings });
  const { error, errant } = await write(
    values.map((value, offset) => eventRecord({ offset, value })),
  );
  const line = log.lines.find(({ message }) => message === 'fields left out');
  return { error, errant, contacts: org.records('Contact'), leftOut: line?.['fields'] };
}

const clean = { error: null, errant: [] };

/** A row in Connect's envelope with one value of a named type. */
const typed = (field: string, [type, name]: readonly [string, string], value: unknown) => ({
  schema: {
    type: 'struct',
    fields: [
      { field: 'ExternalId__c', type: 'string' },
      { field: 'LastName', type: 'string' },
      { field, type, name, parameters: { scale: '2' } },
    ],
  },
  payload: { ExternalId__c: 'A', LastName: 'Ada', [field]: value },
});

const connect = 'org.apache.kafka.connect.data';
const timestamp = ['int64', 'io.debezium.time.Timestamp'] as const;
const date = ['int32', 'io.debezium.time.Date'] as const;
const decimal = ['bytes', `${connect}.Decimal`] as const;

describe('a value takes the format of its field', () => {
  it.each([
    ['a point in time, of a date', 'Birthdate', timestamp, 320_457_600_000, '1980-02-27'],
    ['a date, of a point in time', 'LastSeen__c', date, 20_512, '2026-02-28T00:00:00.000+0000'],
    ['a date, of a text', 'Title', date, 20_512, '2026-02-28'],
    ['a decimal, of an integer', 'Visits__c', decimal, 'Yag=', 250],
    ['a decimal, of a double', 'Score__c', decimal, 'BOI=', 12.5],
    ['a decimal, of a text', 'Title', decimal, 'Yag=', '250'],
    ['a set', 'Tags__c', ['string', 'io.debezium.data.EnumSet'], 'News,Offers', 'News;Offers'],
  ] as const)('%s', async (_what, field, type, value, stored) => {
    const { contacts, ...outcome } = await upserted([typed(field, type, value)]);
    expect(outcome).toMatchObject(clean);
    expect(contacts).toMatchObject([{ [field]: stored }]);
  });

  it.each([
    ['LastSeen__c', '2026-02-28T13:45:00.123456Z', '2026-02-28T13:45:00.123Z'],
    ['LastSeen__c', '2026-02-28T13:45:00.1234567+02:00', '2026-02-28T13:45:00.123+02:00'],
    ['LastSeen__c', '2026-02-28', '2026-02-28T00:00:00.000Z'],
    ['PreferredTime__c', '13:45:00.123456Z', '13:45:00.123Z'],
    ['Birthdate', '1980-02-27T00:00:00.000Z', '1980-02-27'],
    ['Visits__c', '250.00', '250'],
    ['Title', '2026-02-28T13:45:00.123456Z', '2026-02-28T13:45:00.123456Z'],
    ['Title', '250.00', '250.00'],
  ])('%s of the text %s is sent as %s', async (field, value, cell) => {
    const row = { ExternalId__c: 'A', LastName: 'Ada', [field]: value };
    expect(await upserted([row])).toMatchObject(clean);
    expect(org.jobs()[0]?.csv?.split(/[,\n]/)).toContain(cell);
  });

  it('a time of day that a date field would lose is errant', async () => {
    const { errant, contacts } = await upserted([typed('Birthdate', timestamp, 320_457_600_001)]);
    expect(errant).toEqual(['0@0 TIME_CUT_OFF']);
    expect(contacts).toEqual([]);
  });
});

describe('an invalid value matters only if its cell is written', () => {
  it.each([
    ['a placeholder for never', date, 2_932_896, 'DATE_OUT_OF_RANGE'],
    ['an interval', ['int64', 'io.debezium.time.MicroDuration'], 1, 'CONNECT_TYPE_UNSUPPORTED'],
    ['infinity', ['string', 'io.debezium.time.ZonedTimestamp'], 'infinity', 'DATE_OUT_OF_RANGE'],
  ] as const)('%s', async (_what, type, value, code) => {
    const row = typed('valid_to', type, value);
    const unknown = await upserted([row], { FIELD_MAP: '{"valid_to":"LastSeen__c"}' });
    expect(unknown).toMatchObject({ errant: [`0@0 ${code}`], contacts: [] });
    expect(await upserted([row], { FIELD_MAP: '{"valid_to":null}' })).toMatchObject({
      ...clean,
      contacts: [{ LastName: 'Ada' }],
    });
    expect(await upserted([row], { UNKNOWN_FIELDS: 'drop' })).toMatchObject({
      ...clean,
      leftOut: ['valid_to'],
    });
  });
});

describe("rows of Debezium's PostgreSQL connector", () => {
  const rows = readFileSync(new URL('fixtures/debezium-unwrapped.jsonl', import.meta.url), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line).value as string);
  const map = {
    ...{ id: 'ExternalId__c', last_name: 'LastName', email: 'Email', amount: 'Score__c' },
    ...{ seen: 'LastSeen__c', born: 'Birthdate', t6: 'PreferredTime__c', note: 'Title' },
  };

  it('are written without the columns of unsupported types', async () => {
    const settings = { UNKNOWN_FIELDS: 'drop', FIELD_MAP: JSON.stringify(map) };
    const { contacts, leftOut, ...outcome } = await upserted([rows[0], rows[1]], settings);
    expect(outcome).toEqual({ error: null, errant: ['0@1 DATE_OUT_OF_RANGE'] });
    expect(leftOut).toEqual(expect.arrayContaining(['dur', 'pt', 't']));
    expect(contacts).toMatchObject([
      {
        ...{ ExternalId__c: '5', LastName: 'Okoye', Score__c: 12.3, Birthdate: '1980-02-29' },
        ...{ LastSeen__c: '2026-02-28T12:45:00.123+0000', PreferredTime__c: '11:45:00.000Z' },
      },
    ]);
  });

  it('are written without the infinite columns', async () => {
    const FIELD_MAP = JSON.stringify({ ...map, seen: null, born: null });
    const { contacts, ...outcome } = await upserted([rows[1], rows[2]], {
      UNKNOWN_FIELDS: 'drop',
      FIELD_MAP,
    });
    expect(outcome).toMatchObject(clean);
    expect(contacts).toMatchObject([{ LastName: 'Inf' }, { LastName: 'BC' }]);
  });
});
