import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import type { Config } from '../../src/config/config.ts';
import type { NullValues } from '../../src/csv/cell.ts';
import { usedColumns } from '../../src/csv/columns.ts';
import { documentOf } from '../../src/csv/document.ts';
import type { Fields } from '../../src/decode/decoded-record.ts';
import { fitRows, parentsNamed } from '../../src/object/fit-rows.ts';
import { settleNulls } from '../../src/object/settle-nulls.ts';
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

interface Given {
  readonly unknownFields?: Config['unknownFields'];
  readonly nullValues?: NullValues;
}

/** What becomes of contacts with these fields. */
const fitted = (values: readonly Fields[], given: Given = {}) => {
  const { unknownFields = 'errant', nullValues = 'clear' } = given;
  const batch = rowsOfValues(values, nullValues);
  const sink = { operation: 'upsert', keyField: 'ExternalId__c', recordIdField: null } as const;
  const object = described('Contact');
  const checked = { ...sink, object, parents };
  const settled = { ...batch, rows: settleNulls(batch.rows, batch.columns, checked) };
  const fit = fitRows(settled, { object, parents }, { ...sink, unknownFields });
  const text = fit.rows.length === 0 ? '' : documentOf(fit.rows, fit.columns).text;
  const rows = (parse(text, { columns: true }) as Record<string, string>[]).map((cells) =>
    Object.fromEntries(Object.entries(cells).filter(([, cell]) => cell !== '')),
  );
  return { rows, errants: fit.errants, dropped: fit.dropped, text };
};

describe('a field that the object does not know', () => {
  const values = [{ lastname: 'A' }, { LastName: 'B', Nope__c: 1 }, { LastName: 'C', Name: 'x' }];

  it('makes the records errant that have it, and no other', () => {
    const { text, errants, dropped } = fitted(values);
    expect(text).toBe('LastName\nA\n');
    expect(errants).toMatchObject([
      { record: { offset: 1 }, stage: 'object', code: 'FIELD_UNKNOWN' },
      { record: { offset: 2 }, stage: 'object', code: 'FIELD_NOT_WRITABLE' },
    ]);
    expect(dropped).toEqual([]);
  });

  it('is left out with drop, and named', () => {
    const { text, errants, dropped } = fitted(values, { unknownFields: 'drop' });
    expect(text).toBe('LastName\nA\nB\nC\n');
    expect([errants, dropped]).toEqual([[], ['Nope__c', 'Name']]);
  });

  it('leaves nothing of a record that has no other', () => {
    const { errants } = fitted([{ Nope__c: 1 }], { unknownFields: 'drop' });
    expect(errants).toMatchObject([{ code: 'VALUE_WITHOUT_FIELDS' }]);
  });

  it('fails the flush with fail, with the first five reasons', () => {
    const many = Object.fromEntries(Array.from({ length: 7 }, (_, at) => [`Nope${at}__c`, 1]));
    expect(() => fitted([many], { unknownFields: 'fail' })).toThrow(
      /^FIELDS_UNKNOWN: Contact has no field Nope0__c; .* and 2 more\. No job was made/,
    );
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
    ['gives way to an id', { Account: null, AccountId: '001' }, { AccountId: '001' }],
    [
      'gives way to a relationship',
      { ...account, AccountId: null },
      { 'Account.ExternalId__c': 'A' },
    ],
    [
      'gives way to another field of the relationship',
      { Account: { ExternalId__c: 'A', KafkaRecordId__c: null } },
      { 'Account.ExternalId__c': 'A' },
    ],
    ['of a lookup that is never empty is as if it were not there', { Owner: null }, {}],
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

  it('of a relationship beside records that have one clears its own record only', () => {
    expect(fitted([account, { Account: null }, { LastName: 'C' }]).rows).toEqual([
      { 'Account.ExternalId__c': 'A' },
      { AccountId: '#N/A' },
      { LastName: 'C' },
    ]);
  });

  it('of a relationship is no worse for a record that takes it for a field', () => {
    const { rows, errants } = fitted([{ Account: 'A' }, { Account: null, LastName: 'B' }]);
    expect(rows).toEqual([{ LastName: 'B', AccountId: '#N/A' }]);
    expect(errants).toMatchObject([{ record: { offset: 0 }, code: 'FIELD_UNKNOWN' }]);
  });

  it('of a relationship alone leaves nothing, with NULL_VALUES=empty', () => {
    const { errants } = fitted([{ Account: null }], { nullValues: 'empty' });
    expect(errants).toMatchObject([{ code: 'VALUE_WITHOUT_FIELDS' }]);
  });
});

it('the parents of a flush are those that its columns name', () => {
  const batch = rowsOfValues(
    [
      { Account: { ExternalId__c: 'A' } },
      { account: { Site: 1 }, 'Owner.Email': 'x', Nope: { X: 1 } },
    ],
    'clear',
  );
  const names = batch.columns.sorted(usedColumns(batch.rows)).map(({ name }) => name);
  expect(parentsNamed(names, described('Contact'))).toEqual(['Account', 'User']);
});
