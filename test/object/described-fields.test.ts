import { describe, expect, it } from 'vitest';
import type { Config } from '../../src/config/config.ts';
import type { ColumnContext } from '../../src/object/check-column.ts';
import { DescribedFields } from '../../src/object/described-fields.ts';
import { described, parents } from './described.ts';

const rulesWith = (
  unknownFields: Config['unknownFields'],
  changes: Partial<ColumnContext> = {},
): DescribedFields => {
  const sink = { operation: 'insert', keyField: null, recordIdField: null } as const;
  const context = { object: described('Contact'), parents, ...sink, ...changes };
  return new DescribedFields(context, { unknownFields });
};

describe('with UNKNOWN_FIELDS=drop, a field', () => {
  it('that the object takes has the format of its type', () => {
    const rules = rulesWith('drop');
    expect(rules.formatOf('birthdate')).toBe('date');
    expect(rules.formatOf('LastName')).toBe('plain');
    expect(rules.formatOf('Account.ExternalId__c')).toBe('plain');
    expect([...rules.dropped]).toEqual([]);
  });

  it.each(['Nope__c', 'Name', 'a b', 'Account.Nope__c', 'Nope.Ext__c'])(
    'that it does not take is omitted and listed: %s',
    (name) => {
      const rules = rulesWith('drop');
      expect(rules.formatOf(name)).toBeNull();
      expect([...rules.dropped]).toEqual([name]);
    },
  );

  it('under the name of a relationship is kept, since it may be null', () => {
    expect(rulesWith('drop').formatOf('account')).toBe('plain');
  });

  it('with an invalid name is omitted even if its parent is not described', () => {
    const rules = rulesWith('drop', { parents: new Map() });
    expect(rules.formatOf('Account.Nope__c')).toBe('plain');
    expect(rules.formatOf('Account.a b')).toBeNull();
  });
});

describe('with UNKNOWN_FIELDS=drop, an object', () => {
  it('under the name of a relationship is kept', () => {
    const rules = rulesWith('drop');
    expect(
      ['Account', 'account', 'User:Owner'].map((name) => rules.omitsRelationship(name)),
    ).toEqual([false, false, false]);
    expect([...rules.dropped]).toEqual([]);
  });

  it('under another name is omitted and listed', () => {
    const rules = rulesWith('drop');
    expect(rules.omitsRelationship('history')).toBe(true);
    expect([...rules.dropped]).toEqual(['history']);
  });
});

it.each(['errant', 'fail'] as const)('with UNKNOWN_FIELDS=%s nothing is omitted', (unknown) => {
  const rules = rulesWith(unknown);
  expect(rules.formatOf('Nope__c')).toBe('plain');
  expect(rules.formatOf('birthdate')).toBe('date');
  expect(rules.omitsRelationship('history')).toBe(false);
  expect([...rules.dropped]).toEqual([]);
});

describe('a dropped name', () => {
  const droppedName = (name: string) => {
    const rules = rulesWith('drop');
    rules.formatOf(name);
    return [...rules.dropped][0];
  };

  it('is not listed with what may be the key of a map', () => {
    expect(droppedName('Tags.alice@example.com')).toBe('Tags.…');
  });

  it('that is invalid is listed with at most 60 characters', () => {
    expect(droppedName('-'.repeat(60))).toBe('-'.repeat(60));
    expect(droppedName('-'.repeat(61))).toBe(`${'-'.repeat(60)}…`);
  });

  it('that is valid is listed in full', () => {
    expect(droppedName('x'.repeat(61))).toBe('x'.repeat(61));
  });
});
