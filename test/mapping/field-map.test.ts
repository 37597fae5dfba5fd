import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fields } from '../../src/decode/decoded-record.ts';
import { mapFields, namesBelow } from '../../src/mapping/field-map.ts';
import { recordsOf } from '../support/values.ts';

const [record] = recordsOf(['{}']);

const mapped = (fields: Fields, map: Record<string, string | null>) => {
  if (record === undefined) throw new Error('no record');
  return mapFields({ record, fields }, new Map(Object.entries(map))).fields;
};

describe('FIELD_MAP', () => {
  it('leaves a record unchanged when it is empty', () => {
    const fields = JSON.parse('{"mail":"a","__proto__":1}');
    expect(mapped(fields, {})).toEqual(fields);
  });

  it('renames a field, and omits one that is mapped to null', () => {
    expect(
      mapped({ mail: 'a', internal: 1, Phone: '2' }, { mail: 'Email', internal: null }),
    ).toEqual({ Email: 'a', Phone: '2' });
  });

  it('renames a relationship as a whole', () => {
    expect(mapped({ acct: { Ext__c: 'A' } }, { acct: 'Account' })).toEqual({
      Account: { Ext__c: 'A' },
    });
  });

  it('moves fields of an object by their path, to relationships and to fields', () => {
    const map = { 'acct.key': 'Account.Ext__c', 'acct.phone': 'Phone', 'acct.note': null };
    expect(mapped({ acct: { key: 'A', phone: '1', note: 'x', Site: 'y' } }, map)).toEqual({
      'Account.Ext__c': 'A',
      Phone: '1',
      acct: { Site: 'y' },
    });
    expect(mapped({ acct: { key: 'A' } }, map)).toEqual({ 'Account.Ext__c': 'A' });
  });

  it('omits an object without remaining fields', () => {
    expect(mapped({ acct: { note: 'x' }, Name: 'a' }, { 'acct.note': null })).toEqual({
      Name: 'a',
    });
  });

  it('keeps an object that is empty in the record', () => {
    expect(mapped({ acct: {}, Name: 'a' }, { 'acct.note': null })).toEqual({ acct: {}, Name: 'a' });
    expect(mapped({ acct: {} }, { acct: 'Account' })).toEqual({ Account: {} });
  });

  it('keeps the other fields of an object of which it omits or moves some', () => {
    const fields = { acct: { note: 'x', Site: 'y' } };
    expect(mapped(fields, { 'acct.note': null })).toEqual({ acct: { Site: 'y' } });
    expect(mapped(fields, { 'acct.note': 'Note' })).toEqual({ acct: { Site: 'y' }, Note: 'x' });
  });

  it('leaves out all fields that it does not name when it maps * to null', () => {
    const map = { mail: 'Email', 'acct.key': 'Account.Ext__c', owner: 'Owner', '*': null };
    const fields = {
      ...{ mail: 'a', other: 1, list: [1], nested: { x: 1 }, none: null },
      ...{ acct: { key: 'A', Site: 'y' }, owner: { Email: 'o', Alias: 'p' } },
    };
    const rest = { 'Account.Ext__c': 'A', Owner: { Email: 'o', Alias: 'p' } };
    expect(mapped(fields, map)).toEqual({ Email: 'a', ...rest });
    expect(mapped({ acct: null }, map)).toEqual({ 'Account.Ext__c': null });
    expect(mapped({ acct: { Site: 'y' } }, map)).toEqual({});
    // Its value is expected below it: to leave it out would leave the mapped field unset.
    expect(mapped({ acct: 'A' }, map)).toEqual({ acct: 'A' });
  });

  it('maps a null object to nulls of its fields', () => {
    const map = { 'acct.key': 'Account.Ext__c', 'acct.note': null };
    expect(mapped({ acct: null, Name: 'a' }, map)).toEqual({ 'Account.Ext__c': null, Name: 'a' });
  });

  it('keeps a null object under the name that it is mapped to as a whole', () => {
    const map = { acct: 'Account', 'acct.key': 'Ext__c' };
    expect(mapped({ acct: null }, map)).toEqual({ Account: null });
  });

  it('keeps a scalar whose name is mapped as an object', () => {
    expect(mapped({ acct: 'x' }, { 'acct.key': 'Account.Ext__c' })).toEqual({ acct: 'x' });
  });

  it('keeps a null field whose name only begins like a mapped path', () => {
    expect(mapped({ acct: null }, { 'acct2.key': 'Key__c' })).toEqual({ acct: null });
  });

  describe('of a path through several objects', () => {
    const map = { id: 'Ext__c', 'who.name.last': 'LastName', 'who.acct': 'Account', '*': null };
    const who = { name: { last: 'Okoye', first: 'Ada' }, acct: { Ext__c: 'A' }, age: 7 };

    it('takes the field out of all of them', () => {
      expect(mapped({ who }, { 'who.name.last': 'LastName' })).toEqual({
        LastName: 'Okoye',
        who: { name: { first: 'Ada' }, acct: { Ext__c: 'A' }, age: 7 },
      });
      expect(mapped({ who: { name: { last: 'Okoye' } } }, { 'who.name.last': 'LastName' })).toEqual(
        {
          LastName: 'Okoye',
        },
      );
      expect(mapped({ who }, map)).toEqual({ LastName: 'Okoye', Account: { Ext__c: 'A' } });
    });

    it('takes null for the field where an object on its way is null', () => {
      expect(mapped({ who: { name: null, acct: null } }, map)).toEqual({
        ...{ LastName: null, Account: null },
      });
      expect(mapped({ who: null }, map)).toEqual({ LastName: null, Account: null });
      expect(mapped({ who: {} }, map)).toEqual({});
    });

    it('keeps a value in place of an object on its way, which no row can have', () => {
      expect(mapped({ who: { name: 'Okoye', age: 7 } }, map)).toEqual({ who: { name: 'Okoye' } });
    });

    it('renames and omits what is left of an object on its way', () => {
      const names = { 'who.name': 'Contact', 'who.name.last': 'LastName', 'who.acct': null };
      expect(mapped({ who }, { ...names, '*': null })).toEqual({
        LastName: 'Okoye',
        Contact: { first: 'Ada' },
      });
      expect(mapped({ who: { name: { last: 'x' }, acct: {} } }, names)).toEqual({ LastName: 'x' });
      expect(mapped({ who }, { ...map, who: 'Who' })).toEqual({
        ...{ LastName: 'Okoye', Account: { Ext__c: 'A' } },
        Who: { name: { first: 'Ada' }, age: 7 },
      });
    });
  });

  it('makes a record errant when two fields get the same name', () => {
    const map = { mail: 'Email' };
    expect(() => mapped({ mail: 'a', Email: 'b' }, map)).toThrow(/^FIELD_REPEATED: "Email"/);
  });
});

it('names below a field are those whose path begins with it and a dot', () => {
  const path = fc.string({ unit: fc.constantFrom('a', 'b', '.'), maxLength: 6 });
  fc.assert(
    fc.property(fc.dictionary(path, fc.constantFrom('X', null)), path, (map, name) => {
      const is = Object.keys(map).some((one) => one.startsWith(`${name}.`));
      expect(namesBelow(name, new Map(Object.entries(map)))).toBe(is);
    }),
  );
});
