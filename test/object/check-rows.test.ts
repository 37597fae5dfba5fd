import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import type { Config } from '../../src/config/config.ts';
import type { NullValues } from '../../src/csv/cell.ts';
import { usedColumns } from '../../src/csv/columns.ts';
import { documentOf } from '../../src/csv/document.ts';
import type { Fields } from '../../src/decode/decoded-record.ts';
import { checkRows, hasRefusedColumn, parentObjects } from '../../src/object/check-rows.ts';
import { resolveNulls } from '../../src/object/resolve-nulls.ts';
import { buildRows } from '../../src/rows/build-rows.ts';
import { recordsOf } from '../support/values.ts';
import { described, parents } from './described.ts';

const rowsOfValues = (values: readonly Fields[], nullValues: NullValues) => {
  const rows = recordsOf(values.map(() => '{}')).map((record, at) => ({
    record,
    fields: values[at] ?? {},
  }));
  return buildRows(rows, { nullValues, recordIdField: null, unknownFields: 'errant' });
};

interface Settings {
  readonly unknownFields?: Config['unknownFields'];
  readonly nullValues?: NullValues;
}

/** The rows of contacts with these fields, as they are sent. */
const fitted = (values: readonly Fields[], settings: Settings = {}) => {
  const { unknownFields = 'errant', nullValues = 'clear' } = settings;
  const batch = rowsOfValues(values, nullValues);
  const sink = { operation: 'upsert', keyField: 'ExternalId__c', recordIdField: null } as const;
  const object = described('Contact');
  const checked = { ...sink, object, parents };
  const settled = { ...batch, rows: resolveNulls(batch.rows, batch.columns, checked) };
  const fit = checkRows(settled, { object, parents }, { ...sink, unknownFields });
  const text = fit.rows.length === 0 ? '' : documentOf(fit.rows, fit.columns).text;
  const rows = (parse(text, { columns: true }) as Record<string, string>[]).map((cells) =>
    Object.fromEntries(Object.entries(cells).filter(([, cell]) => cell !== '')),
  );
  return { rows, errants: fit.errants, dropped: fit.dropped, text };
};

describe('a field that the object does not know', () => {
  const values = [{ lastname: 'A' }, { LastName: 'B', Nope__c: 1 }, { LastName: 'C', Name: 'x' }];

  it('makes only the records that have it errant', () => {
    const { text, errants, dropped } = fitted(values);
    expect(text).toBe('LastName\nA\n');
    expect(errants).toMatchObject([
      { record: { offset: 1 }, stage: 'object', code: 'FIELD_UNKNOWN' },
      { record: { offset: 2 }, stage: 'object', code: 'FIELD_NOT_WRITABLE' },
    ]);
    expect(dropped).toEqual([]);
  });

  it('is dropped with drop, and listed', () => {
    const { text, errants, dropped } = fitted(values, { unknownFields: 'drop' });
    expect(text).toBe('LastName\nA\nB\nC\n');
    expect([errants, dropped]).toEqual([[], ['Nope__c', 'Name']]);
  });

  it('makes a record without other fields errant', () => {
    const { errants } = fitted([{ Nope__c: 1 }], { unknownFields: 'drop' });
    expect(errants).toMatchObject([{ code: 'VALUE_WITHOUT_FIELDS' }]);
  });

  it('fails the flush with fail, with the first five reasons', () => {
    const many = Object.fromEntries(Array.from({ length: 7 }, (_, at) => [`Nope${at}__c`, 1]));
    expect(() => fitted([many], { unknownFields: 'fail' })).toThrow(
      /^FIELDS_UNKNOWN: Contact has no field Nope0__c: .* and 2 more\. No job was created/,
    );
  });

  it('fails the flush with fail, with all of five reasons', () => {
    const five = Object.fromEntries(Array.from({ length: 5 }, (_, at) => [`Nope${at}__c`, 1]));
    expect(() => fitted([five], { unknownFields: 'fail' })).toThrow(
      /Nope4__c: [^;]*access to it\. No job was created/,
    );
  });

  it('is none with fail when the object takes every field', () => {
    const { rows } = fitted([{ LastName: 'A' }], { unknownFields: 'fail' });
    expect(rows).toEqual([{ LastName: 'A' }]);
  });
});

describe('the description of an object', () => {
  const sink = { operation: 'upsert', keyField: 'ExternalId__c', recordIdField: null } as const;
  const context = { ...sink, object: described('Contact'), parents };

  it.each([
    [['LastName', 'Account.ExternalId__c'], false],
    [['LastName', 'Nope__c'], true],
    [['Name'], true],
    [['account'], false],
    [['a b'], false],
    [[], false],
  ])('refuses one of the columns %j: %j', (names, isRefused) => {
    expect(hasRefusedColumn(names, context)).toBe(isRefused);
  });
});

describe('null', () => {
  const account = { Account: { ExternalId__c: 'A' } };

  it.each<[string, Fields, Fields]>([
    ['of a relationship clears the lookup', { Account: null }, { AccountId: '#N/A' }],
    [
      "of a relationship's field clears the lookup",
      { account: { ExternalId__c: null } },
      { AccountId: '#N/A' },
    ],
    ['of a lookup clears it', { AccountId: null }, { AccountId: '#N/A' }],
    ['of both clears it once', { Account: null, AccountId: null }, { AccountId: '#N/A' }],
    ['is overridden by an id', { Account: null, AccountId: '001' }, { AccountId: '001' }],
    [
      'is overridden by a relationship',
      { ...account, AccountId: null },
      { 'Account.ExternalId__c': 'A' },
    ],
    [
      'is overridden by another field of the relationship',
      { Account: { ExternalId__c: 'A', KafkaRecordId__c: null } },
      { 'Account.ExternalId__c': 'A' },
    ],
    ['of a required lookup is omitted', { Owner: null }, {}],
    ['of a required lookup to one of its objects is omitted', { 'User:Owner': null }, {}],
    ['makes a checkbox false', { active__c: null }, { Active__c: 'false' }],
    ['clears another field', { Level__c: null }, { Level__c: '#N/A' }],
  ])('%s', (_what, fields, expected) => {
    expect(fitted([{ LastName: 'A', ...fields }]).rows).toEqual([{ LastName: 'A', ...expected }]);
  });

  it.each<[Fields]>([
    [{ Account: null }],
    [{ Account: { ExternalId__c: null } }],
    [{ AccountId: null }],
    [{ Active__c: null }],
    [{ Level__c: null }],
  ])('is an empty cell with NULL_VALUES=empty: %j', (fields) => {
    const { rows, errants } = fitted([{ LastName: 'A', ...fields }], { nullValues: 'empty' });
    expect([rows, errants]).toEqual([[{ LastName: 'A' }], []]);
  });

  it('of a relationship clears the lookup of its own record only', () => {
    expect(fitted([account, { Account: null }, { LastName: 'C' }]).rows).toEqual([
      { 'Account.ExternalId__c': 'A' },
      { AccountId: '#N/A' },
      { LastName: 'C' },
    ]);
  });

  it('of a relationship is resolved beside a record with a scalar under its name', () => {
    const { rows, errants } = fitted([{ Account: 'A' }, { Account: null, LastName: 'B' }]);
    expect(rows).toEqual([{ LastName: 'B', AccountId: '#N/A' }]);
    expect(errants).toMatchObject([{ record: { offset: 0 }, code: 'FIELD_UNKNOWN' }]);
  });

  it('of a relationship alone makes a record errant with NULL_VALUES=empty', () => {
    const { errants } = fitted([{ Account: null }], { nullValues: 'empty' });
    expect(errants).toMatchObject([{ code: 'VALUE_WITHOUT_FIELDS' }]);
  });
});

it('the parents of a flush are those of its relationship columns', () => {
  const batch = rowsOfValues(
    [
      { Account: { ExternalId__c: 'A' } },
      { account: { Site: 1 }, 'Owner.Email': 'x', Nope: { X: 1 } },
    ],
    'clear',
  );
  const names = batch.columns.sorted(usedColumns(batch.rows)).map(({ name }) => name);
  expect(parentObjects(names, described('Contact'))).toEqual(['Account', 'User']);
});
