import { describe, expect, it } from 'vitest';
import { draftsOf } from '../../src/csv/drafts.ts';
import { keysIn, withKeys } from '../../src/csv/key.ts';
import type { Fields } from '../../src/decode/row.ts';
import { recordsOf } from '../given/values.ts';

const given = (...values: readonly Fields[]) => {
  const rows = recordsOf(values.map(() => '{}')).map((record, at) => ({
    record,
    fields: values[at] ?? {},
  }));
  return draftsOf(rows, { nullValues: 'clear', recordIdField: null, unknownFields: 'errant' });
};

const keysOf = (field: string | null, caseSensitive: boolean | null, ...values: Fields[]) => {
  const { drafts, columns } = given(...values);
  return drafts.map(keysIn(columns, { field, caseSensitive }));
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
    const ids = ['003Em0000000abC', '003Em0000000abCAAQ', '003Em0000000ABC'];
    const [one, long, other] = keysOf('Id', false, ...ids.map((Id) => ({ Id })));
    expect([one?.exact, one?.group]).toEqual([ids[0], ids[0]]);
    expect(other?.group).not.toBe(one?.group);
    expect(long?.group).toHaveLength(15);
  });
});

describe('a record without a key', () => {
  it('is errant, and the others go on', () => {
    const { drafts, columns } = given({ Ext__c: 'A' }, { Name: 'x' }, { Ext__c: null });
    const keyOf = keysIn(columns, { field: 'Ext__c', caseSensitive: false });
    const keyed = withKeys(drafts, keyOf, 'Ext__c');
    expect(keyed.drafts).toEqual([drafts[0]]);
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
