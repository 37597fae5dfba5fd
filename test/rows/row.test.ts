import { describe, expect, it } from 'vitest';
import { Columns } from '../../src/csv/columns.ts';
import type { Fields } from '../../src/decode/decoded-record.ts';
import { unavailableTest } from '../../src/decode/unavailable-value.ts';
import { FilledColumns } from '../../src/rows/cells.ts';
import { acceptAllFields, FieldColumns, type FieldRules } from '../../src/rows/field-rules.ts';
import { LongestRow } from '../../src/rows/longest-row.ts';
import { rowOf } from '../../src/rows/row.ts';
import { LastShape } from '../../src/rows/row-shape.ts';
import { recordsOf } from '../support/values.ts';

const [record] = recordsOf(['{}']);
const placeholder = '__debezium_unavailable_value';

/** The cells of a record's row, by column. */
const cellsOf = (fields: Fields, rules: FieldRules = acceptAllFields) => {
  const columns = new Columns();
  const fieldColumns = new FieldColumns(columns, rules);
  const row = rowOf(
    { record: record!, fields },
    {
      fieldColumns,
      shape: new LastShape(fieldColumns, 'clear', 0),
      filled: new FilledColumns(),
      longest: new LongestRow(),
      isUnavailable: unavailableTest(placeholder),
      nullValues: 'clear',
      recordIdField: null,
    },
  );
  return Object.fromEntries(
    row.columns.map((column, index) => [columns.name(column), row.cells[index]]),
  );
};

describe('the names of fields', () => {
  const wide = (length: number) => {
    const names = Array.from({ length: 158 }, (_, n) => `F${String(n).padStart(199, 'x')}`);
    return Object.fromEntries([...names, 'L'.repeat(length)].map((name) => [name, 1]));
  };

  it('may have exactly the maximum length together, with a separator each', () => {
    expect(Object.keys(cellsOf(wide(241)))).toHaveLength(159);
    expect(() => cellsOf(wide(242))).toThrow(/^TOO_MANY_FIELDS/);
  });
});

describe('an object', () => {
  const unavailable = { [placeholder]: placeholder };

  it('that is a placeholder has no column', () => {
    expect(cellsOf({ Name: 'A', Tags: unavailable })).toEqual({ Name: 'A' });
  });

  it('that is a placeholder is not passed to the rules, which would list it as dropped', () => {
    const checked: string[] = [];
    const omitsRelationship = (name: string) => checked.push(name) > 0;
    cellsOf({ Name: 'A', Tags: unavailable }, { ...acceptAllFields, omitsRelationship });
    expect(checked).toEqual([]);
  });

  it('of one of several types is null as the relationship is, whatever the type', () => {
    const nulls = { 'User:Owner': null, 'Group:Owner': null };
    expect(cellsOf({ Name: 'A', ...nulls })).toEqual({ Name: 'A', Owner: '#N/A' });
    expect(cellsOf({ Owner: null, ...nulls })).toEqual({ Owner: '#N/A' });
    expect(cellsOf({ 'Group:Owner': { Name: 'B' }, 'User:Owner': null })).toEqual({
      ...{ 'Group:Owner.Name': 'B', Owner: '#N/A' },
    });
    expect(() => cellsOf({ 'User:Owner': 'A' })).toThrow(/^FIELD_NAME_INVALID/);
  });

  it('inside an object has no column if it is a placeholder', () => {
    expect(cellsOf({ Account: { Ext__c: 'X', Tags: unavailable } })).toEqual({
      'Account.Ext__c': 'X',
    });
  });

  it('inside an object makes the record errant', () => {
    expect(() => cellsOf({ Account: { Tags: { a: 1 } } })).toThrow(/^NESTING_TOO_DEEP/);
  });

  it('that is omitted as a whole may contain anything', () => {
    const rules = { ...acceptAllFields, omitsRelationship: (name: string) => name === 'meta' };
    const fields = { Name: 'A', meta: { 'not a name': { a: 1 } } };
    expect(cellsOf(fields, rules)).toEqual({ Name: 'A' });
  });

  it('inside an object may contain anything if its field is omitted', () => {
    const formatOf = (name: string) => (name === 'Account.x' ? null : 'plain');
    const fields = { Account: { Ext__c: 'X', x: { a: 1 } } };
    expect(cellsOf(fields, { ...acceptAllFields, formatOf })).toEqual({ 'Account.Ext__c': 'X' });
  });
});
