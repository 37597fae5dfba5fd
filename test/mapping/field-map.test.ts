import { describe, expect, it } from 'vitest';
import type { Fields } from '../../src/decode/decoded-record.ts';
import { mapFields } from '../../src/mapping/field-map.ts';
import { recordsOf } from '../support/values.ts';

const [record] = recordsOf(['{}']);

const mapped = (fields: Fields, map: Record<string, string | null>) => {
  if (record === undefined) throw new Error('no record');
  return mapFields({ record, fields }, new Map(Object.entries(map))).fields;
};

describe('FIELD_MAP', () => {
  it('leaves a record as it is when it is empty', () => {
    const fields = JSON.parse('{"mail":"a","__proto__":1}');
    expect(mapped(fields, {})).toEqual(fields);
  });

  it('renames a field, and leaves out one that is mapped to null', () => {
    expect(
      mapped({ mail: 'a', internal: 1, Phone: '2' }, { mail: 'Email', internal: null }),
    ).toEqual({ Email: 'a', Phone: '2' });
  });

  it('renames a relationship as a whole', () => {
    expect(mapped({ acct: { Ext__c: 'A' } }, { acct: 'Account' })).toEqual({
      Account: { Ext__c: 'A' },
    });
  });

  it('takes fields out of an object by their path, to relationships and to fields', () => {
    const map = { 'acct.key': 'Account.Ext__c', 'acct.phone': 'Phone', 'acct.note': null };
    expect(mapped({ acct: { key: 'A', phone: '1', note: 'x', Site: 'y' } }, map)).toEqual({
      'Account.Ext__c': 'A',
      Phone: '1',
      acct: { Site: 'y' },
    });
    expect(mapped({ acct: { key: 'A' } }, map)).toEqual({ 'Account.Ext__c': 'A' });
  });

  it('leaves out an object of which nothing is left', () => {
    expect(mapped({ acct: { note: 'x' }, Name: 'a' }, { 'acct.note': null })).toEqual({
      Name: 'a',
    });
  });

  it('takes an object that is null for one whose fields are', () => {
    const map = { 'acct.key': 'Account.Ext__c', 'acct.note': null };
    expect(mapped({ acct: null, Name: 'a' }, map)).toEqual({ 'Account.Ext__c': null, Name: 'a' });
  });

  it('makes a record errant whose fields would get one name, rather than lose a value', () => {
    const map = { mail: 'Email' };
    expect(() => mapped({ mail: 'a', Email: 'b' }, map)).toThrow(/^FIELD_REPEATED: "Email"/);
  });
});
