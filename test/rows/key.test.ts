import { describe, expect, it } from 'vitest';
import type { Comparison } from '../../src/csv/comparable.ts';
import type { Fields } from '../../src/decode/decoded-record.ts';
import { buildRows } from '../../src/rows/build-rows.ts';
import { keysIn, keyText, withKeys } from '../../src/rows/key.ts';
import { recordsOf } from '../support/values.ts';

const given = (...values: readonly Fields[]) => {
  const rows = recordsOf(values.map(() => '{}')).map((record, at) => ({
    record,
    fields: values[at] ?? {},
  }));
  return buildRows(rows, { nullValues: 'clear', recordIdField: null, unknownFields: 'errant' });
};

const keysOf = (field: string | null, caseSensitive: boolean | null, ...values: Fields[]) => {
  const { rows, columns } = given(...values);
  const comparison = caseSensitive === null ? 'unknown' : 'text';
  return rows.map(keysIn(columns, { field, comparison, caseSensitive }));
};

/** How two cells of a key stand: one row, perhaps one, or two. */
const standing = (
  comparison: Comparison,
  caseSensitive: boolean | null,
  [one, other]: readonly [string, string],
) => {
  const text = keyText({ comparison, caseSensitive });
  const [a, b] = [text(one), text(other)];
  if (a.exact === b.exact) return a.group === b.group ? 'one' : 'a contradiction';
  return a.group === b.group ? 'perhaps one' : 'two';
};

describe('the key of a row', () => {
  it('is what its key column says, in any spelling of the name', () => {
    const [key] = keysOf('Ext__c', true, { ext__C: 'A, "1"' });
    expect(key).toEqual({ group: 'A, "1"', exact: 'A, "1"' });
  });

  it('is none without a key column, a cell or a value', () => {
    expect(keysOf(null, true, { Ext__c: 'A' })).toEqual([null]);
    const nothing = [{ Name: 'x' }, { Ext__c: null }, { Ext__c: '' }, { Ext__c: '#N/A' }];
    expect(keysOf('Ext__c', true, ...nothing)).toEqual([null, null, null, null]);
  });

  it('is the same in other capitals where Salesforce says so', () => {
    const [one, other] = keysOf('Ext__c', false, { Ext__c: 'AB' }, { Ext__c: 'ab' });
    expect(one).toEqual(other);
  });

  it('is another in other capitals where Salesforce says so', () => {
    const [one, other] = keysOf('Ext__c', true, { Ext__c: 'AB' }, { Ext__c: 'ab' });
    expect(one?.group).not.toBe(other?.group);
  });

  it('is perhaps the same in other capitals where nobody knows', () => {
    const [one, other] = keysOf('Ext__c', null, { Ext__c: 'AB' }, { Ext__c: 'ab' });
    expect(one?.group).toBe(other?.group);
    expect(one?.exact).not.toBe(other?.exact);
  });

  it('is perhaps the same with spaces around it, which Salesforce may trim', () => {
    const [one, other] = keysOf('Ext__c', false, { Ext__c: 'AB' }, { Ext__c: ' AB' });
    expect(one?.group).toBe(other?.group);
    expect(one?.exact).not.toBe(other?.exact);
  });

  it('that is an id is the same in 15 and 18 characters, and another in other capitals', () => {
    const id = '003Em0000000abC';
    expect(standing('id', false, [id, '003Em0000000abCIAQ'])).toBe('one');
    expect(standing('id', false, [id, '003Em0000000ABC'])).toBe('two');
  });

  it.each([
    ['1', '1.0', 'one'],
    ['250', ' 2.5E2', 'one'],
    ['-0', '0.00', 'one'],
    ['1', '2', 'two'],
    ['912260031', '9.12260031E8', 'one'],
    ['9007199254740992', '9007199254740993', 'perhaps one'],
    ['123456789012345678', '123456789012345679', 'perhaps one'],
    ['123456789012345678', '123456789012345678.0', 'one'],
    ['1e400', '1e500', 'two'],
    ['x', 'X', 'two'],
  ])('that is a number counts by its value: %s and %s are %s', (one, other, expected) => {
    expect(standing('number', false, [one, other])).toBe(expected);
  });

  it.each([
    ['1', '1.0'],
    ['A-17', 'a-17 '],
    ['Administrations', 'ADMINISTRATIONS'],
    ['003Em0000000abC', '003Em0000000abCIAQ'],
    ['2024-02-29T12:00:00Z', '2024-02-29T13:00:00.000+0100'],
  ])('that nobody has described is perhaps the same in another form: %s and %s', (...cells) => {
    expect(standing('unknown', null, cells)).toBe('perhaps one');
  });

  it('of a text that looks like a number is another in another form', () => {
    expect(standing('text', false, ['1', '1.0'])).toBe('two');
    expect(standing('text', true, ['1', ' 1'])).toBe('perhaps one');
  });
});

describe('a record without a key', () => {
  it('is errant, and the others go on', () => {
    const { rows, columns } = given({ Ext__c: 'A' }, { Name: 'x' }, { Ext__c: null });
    const keyOf = keysIn(columns, {
      ...{ field: 'Ext__c', comparison: 'text', caseSensitive: false },
    });
    const keyed = withKeys(rows, keyOf, 'Ext__c');
    expect(keyed.rows).toEqual([rows[0]]);
    expect(keyed.errants).toMatchObject(
      [1, 2].map((offset) => ({
        record: { offset },
        stage: 'csv',
        code: 'KEY_MISSING',
        reason: 'the record has no Ext__c',
      })),
    );
  });
});
