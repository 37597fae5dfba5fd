import { describe, expect, it } from 'vitest';
import type { Comparison } from '../../src/csv/comparable.ts';
import type { Fields } from '../../src/decode/decoded-record.ts';
import { buildRows } from '../../src/rows/build-rows.ts';
import { keyReader, keyText, withKeys } from '../../src/rows/key.ts';
import { recordsOf } from '../support/values.ts';

const built = (...values: readonly Fields[]) => {
  const rows = recordsOf(values.map(() => '{}')).map((record, at) => ({
    record,
    fields: values[at] ?? {},
  }));
  return buildRows(rows, { nullValues: 'clear', recordIdField: null, unknownFields: 'errant' });
};

const keysOf = (field: string | null, caseSensitive: boolean | null, ...values: Fields[]) => {
  const { rows, columns } = built(...values);
  const comparison = caseSensitive === null ? 'unknown' : 'text';
  return rows.map(keyReader(columns, { field, comparison, caseSensitive }));
};

/** How two cells of a key compare: equal, perhaps equal, or different. */
const compared = (
  comparison: Comparison,
  caseSensitive: boolean | null,
  [one, other]: readonly [string, string],
) => {
  const text = keyText({ comparison, caseSensitive });
  const [a, b] = [text(one), text(other)];
  if (a.exact === b.exact) return a.group === b.group ? 'equal' : 'a contradiction';
  return a.group === b.group ? 'perhaps equal' : 'different';
};

describe('the key of a row', () => {
  it('is the cell of its key column, in any spelling of the name', () => {
    const [key] = keysOf('Ext__c', true, { ext__C: 'A, "1"' });
    expect(key).toEqual({ group: 'A, "1"', exact: 'A, "1"' });
  });

  it('is null without a key column, a cell or a value', () => {
    expect(keysOf(null, true, { Ext__c: 'A' })).toEqual([null]);
    const nothing = [{ Name: 'x' }, { Ext__c: null }, { Ext__c: '' }, { Ext__c: '#N/A' }];
    expect(keysOf('Ext__c', true, ...nothing)).toEqual([null, null, null, null]);
  });

  it('is case-insensitive when the field is', () => {
    const [one, other] = keysOf('Ext__c', false, { Ext__c: 'AB' }, { Ext__c: 'ab' });
    expect(one).toEqual(other);
  });

  it('is case-sensitive when the field is', () => {
    const [one, other] = keysOf('Ext__c', true, { Ext__c: 'AB' }, { Ext__c: 'ab' });
    expect(one?.group).not.toBe(other?.group);
  });

  it('is perhaps equal in other case when the field is not described', () => {
    const [one, other] = keysOf('Ext__c', null, { Ext__c: 'AB' }, { Ext__c: 'ab' });
    expect(one?.group).toBe(other?.group);
    expect(one?.exact).not.toBe(other?.exact);
  });

  it('is perhaps equal with surrounding spaces, which Salesforce may trim', () => {
    const [one, other] = keysOf('Ext__c', false, { Ext__c: 'AB' }, { Ext__c: ' AB' });
    expect(one?.group).toBe(other?.group);
    expect(one?.exact).not.toBe(other?.exact);
  });

  it('that is an id is equal in 15 and 18 characters, and different in other case', () => {
    const id = '003Em0000000abC';
    expect(compared('id', false, [id, '003Em0000000abCIAQ'])).toBe('equal');
    expect(compared('id', false, [id, '003Em0000000ABC'])).toBe('different');
  });

  it.each([
    ['1', '1.0', 'equal'],
    ['250', ' 2.5E2', 'equal'],
    ['-0', '0.00', 'equal'],
    ['1', '2', 'different'],
    ['912260031', '9.12260031E8', 'equal'],
    ['9007199254740992', '9007199254740993', 'perhaps equal'],
    ['123456789012345678', '123456789012345679', 'perhaps equal'],
    ['123456789012345678', '123456789012345678.0', 'equal'],
    ['1e400', '1e500', 'different'],
    ['x', 'X', 'different'],
  ])('that is a number compares by value: %s and %s are %s', (one, other, expected) => {
    expect(compared('number', false, [one, other])).toBe(expected);
  });

  it.each([
    ['1', '1.0'],
    ['A-17', 'a-17 '],
    ['Administrations', 'ADMINISTRATIONS'],
    ['003Em0000000abC', '003Em0000000abCIAQ'],
    ['2024-02-29T12:00:00Z', '2024-02-29T13:00:00.000+0100'],
  ])('of a field that is not described is perhaps equal in another form: %s and %s', (...cells) => {
    expect(compared('unknown', null, cells)).toBe('perhaps equal');
  });

  it('of a text that looks like a number is different in another form', () => {
    expect(compared('text', false, ['1', '1.0'])).toBe('different');
    expect(compared('text', true, ['1', ' 1'])).toBe('perhaps equal');
  });
});

describe('a record without a key', () => {
  it('is errant, and the others are kept', () => {
    const { rows, columns } = built({ Ext__c: 'A' }, { Name: 'x' }, { Ext__c: null });
    const keyed = withKeys(rows, columns, 'Ext__c');
    expect(keyed.rows).toEqual([rows[0]]);
    expect(keyed.errants).toMatchObject(
      [1, 2].map((offset) => ({
        record: { offset },
        stage: 'csv',
        code: 'KEY_MISSING',
        reason: 'the record has no Ext__c, which identifies its row',
      })),
    );
  });
});
