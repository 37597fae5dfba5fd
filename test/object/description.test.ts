import { describe, expect, it } from 'vitest';
import { descriptionOf } from '../../src/object/description.ts';
import { described } from './described.ts';

describe('the description of an object', () => {
  it('has names in lower case as keys', () => {
    const contact = described('Contact');
    expect(contact).toMatchObject({
      ...{ name: 'Contact', createable: true, updateable: true, deletable: true },
    });
    expect(contact.fields.get('externalid__c')).toEqual({
      ...{ name: 'ExternalId__c', createable: true, updateable: true, isKey: true },
      ...{ caseSensitive: false, nillable: true, type: 'string' },
      ...{ referenceTo: [], relationshipName: null },
    });
    expect(contact.relationships.get('account')).toBe(contact.fields.get('accountid'));
    expect(contact.fields.get('active__c')).toMatchObject({ type: 'boolean', nillable: false });
  });

  it('defaults missing flags to false', () => {
    const description = descriptionOf({ name: 'X__c', fields: [{ name: 'Y__c' }] });
    expect(description).toMatchObject({ createable: false, updateable: false, deletable: false });
    expect(description?.fields.get('y__c')).toMatchObject({
      ...{ createable: false, isKey: false, type: '' },
    });
  });

  it.each([null, [], 'x', {}, { name: 'X' }, { name: 'X', fields: [{}] }])(
    'is null for anything else: %j',
    (body) => {
      expect(descriptionOf(body)).toBeNull();
    },
  );
});
