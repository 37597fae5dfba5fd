import { describe, expect, it } from 'vitest';
import { Decimal, type Fields, type FieldValue } from '../../src/decode/decoded-record.ts';
import { keyOfDeleted } from '../../src/mapping/deleted-key.ts';
import { RecordError } from '../../src/record-error.ts';
import { recordsOf } from '../support/values.ts';

/** What identifies the row of a tombstone in a sink by `Ext__c`, or the reason why nothing does. */
function keyOf(
  key: FieldValue | (() => FieldValue),
  fields: Fields | null = null,
  map: Readonly<Record<string, string | null>> = {},
): FieldValue {
  const [record] = recordsOf([null]);
  const read = typeof key === 'function' ? key : () => key;
  const tombstone = { record: record!, fields, cause: 'the record has no value', key: read };
  const settings = { externalIdField: 'Ext__c', fieldMap: new Map(Object.entries(map)) };
  try {
    return keyOfDeleted(tombstone, settings);
  } catch (error) {
    if (error instanceof RecordError) return `${error.code}: ${error.reason}`;
    throw error;
  }
}

describe('the external id of a deleted row', () => {
  it.each<[string, FieldValue, FieldValue]>([
    ['a text', 'A-1', 'A-1'],
    ['a number', 7, 7],
    ['a long number', new Decimal('90071992547409931'), new Decimal('90071992547409931')],
    ['an object with the field', { other: 1, Ext__c: 'A-1' }, 'A-1'],
    ['an object with the field in other capitals', { other: 1, ext__C: 'A-1' }, 'A-1'],
    ['an object with one field', { id: 7 }, 7],
  ])('is in the key: %s', (_what, key, found) => {
    expect(keyOf(key)).toEqual(found);
  });

  it('is the field of the key that FIELD_MAP says', () => {
    expect(keyOf({ tenant: 1, id: 7 }, null, { id: 'Ext__c' })).toBe(7);
  });

  it.each<[string, Record<string, string | null>]>([
    ['another field', { id: 'Number__c' }],
    ['none', { id: null }],
    ['not the external id, which is another', { mail: 'ext__c' }],
  ])('is not the only field of the key when FIELD_MAP says that it is %s', (_what, map) => {
    expect(keyOf({ id: 7 }, null, map)).toBe(
      'KEY_MISSING: the record has no value, and its key is an object of 1 field without it',
    );
  });

  it('is in what is known of the row before it is in the key', () => {
    expect(keyOf('K', { Ext__c: 'A-1', Name: 'x' })).toBe('A-1');
    expect(keyOf('K', { mail: 'a@b', Name: 'x' }, { mail: 'Ext__c' })).toBe('a@b');
    expect(keyOf('K', { Name: 'x' })).toBe('K');
    // The event has a column for it: the key is another one.
    expect(keyOf('K', { Ext__c: '' })).toContain('KEY_MISSING');
    expect(keyOf({ id: 'K' }, { Ext__c: null })).toContain('KEY_MISSING');
    expect(keyOf({ Ext__c: 'K' }, { Ext__c: null })).toBe('K');
  });

  it.each<[string, FieldValue, string, FieldValue]>([
    ['an object id', '{"$oid": "596e275826f08b2730779e1f"}', '_id', '596e275826f08b2730779e1f'],
    ['a text', '"A-1"', '_id', 'A-1'],
    ['a number', '1004', '_id', 1004],
    ['zero', '0', '_id', 0],
    ['a field of an object', '{"site": "A", "no": 7}', '_id.no', 7],
  ])(
    "is in the document id that MongoDB's key is, as extended JSON: %s",
    (_what, id, name, found) => {
      expect(keyOf({ id }, null, { [name]: 'Ext__c', '*': null })).toEqual(found);
    },
  );

  it.each<[string, string, FieldValue]>([
    ['an object id', '{"$oid": "596e275826f08b2730779e1f"}', '596e275826f08b2730779e1f'],
    ['a text', '"A-1"', 'A-1'],
    ['an object', '{"site": "A", "no": 7}', expect.stringMatching(/^KEY_MISSING/)],
  ])("is the document id that MongoDB's key is, if it is the only one: %s", (_what, id, found) => {
    expect(keyOf({ id })).toEqual(found);
  });

  it("is not the document id that MongoDB's key is, if it is the field id of the document", () => {
    const map = { id: 'Ext__c' };
    expect(keyOf({ id: '{"$oid": "596e275826f08b2730779e1f"}' }, null, map)).toMatch(
      /^KEY_MISSING/,
    );
    expect(keyOf({ id: '"A-1"' }, null, map)).toMatch(/^KEY_MISSING/);
    expect(keyOf({ id: '7' }, null, map)).toBe('7');
    expect(keyOf({ id: 'A-1' }, null, map)).toBe('A-1');
  });

  it.each<[string, Fields]>([
    ['no JSON', { id: 'A-1' }],
    ['not alone', { id: '"A-1"', tenant: 1 }],
    ['not text', { id: 7 }],
    ['null', { id: 'null' }],
  ])('is not in a key whose id is %s, if FIELD_MAP takes it from _id', (_what, key) => {
    expect(keyOf(key, null, { _id: 'Ext__c' })).toContain('KEY_MISSING');
  });

  it('is not the only field that is known of the row, whatever it is called', () => {
    expect(keyOf(null, { Name: 'x' })).toBe(
      'KEY_MISSING: the deleted row has no Ext__c, and it has no key',
    );
  });

  it.each<[string, FieldValue, string]>([
    ['none', null, 'it has no key'],
    ['an empty one', '', 'its key is not one'],
    ['an object of three fields', { a: 1, b: 2, c: 3 }, 'its key is an object of 3 fields without'],
    ['an object whose field is null', { id: null }, 'its key is an object of 1 field without it'],
    ['an object in an object', { id: { id: 7 } }, 'its key is an object of 1 field without it'],
    ['a list', ['A-1'], 'its key is a list'],
  ])('is missing when the key is %s', (_what, key, reason) => {
    expect(keyOf(key)).toContain(`KEY_MISSING: the record has no value, and ${reason}`);
  });

  it('is missing, with the reason, when the key cannot be read', () => {
    const unreadable = () => {
      throw new RecordError('SCHEMA_UNKNOWN', 'schema 7: the registry does not have it');
    };
    expect(keyOf(unreadable)).toContain('its key cannot be read: schema 7: the registry');
  });
});
