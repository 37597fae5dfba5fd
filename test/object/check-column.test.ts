import { describe, expect, it } from 'vitest';
import { type ColumnContext, checkColumn, parentObject } from '../../src/object/check-column.ts';
import { described, parents } from './described.ts';

const contact = described('Contact');
const kase = described('Case');

const check = (name: string, given: Partial<ColumnContext> = {}) =>
  checkColumn(name, {
    ...{ object: contact, parents, operation: 'insert', keyField: null, recordIdField: null },
    ...given,
  });

describe('a field', () => {
  it("gets Salesforce's spelling", () => {
    expect(check('lastNAME')).toEqual({ name: 'LastName' });
  });

  it('that does not exist is unknown', () => {
    expect(check('Nope__c')).toEqual({
      code: 'FIELD_UNKNOWN',
      reason:
        'Contact has no field Nope__c: it does not exist, or the run-as user has no access to it',
    });
  });

  it.each(['Name', 'CreatedDate', 'MailingAddress', 'IsDeleted'])('is not writable: %s', (name) => {
    for (const operation of ['insert', 'update', 'upsert'] as const) {
      expect(check(name, { operation })).toMatchObject({ code: 'FIELD_NOT_WRITABLE' });
    }
  });

  it('may be writable by one operation only', () => {
    const fields = [
      { name: 'Once__c', createable: true, updateable: false },
      { name: 'Then__c', createable: false, updateable: true },
    ];
    const object = described('Contact', { fields });
    const writable = (operation: ColumnContext['operation']) =>
      ['Once__c', 'Then__c'].filter((name) => 'name' in check(name, { object, operation }));
    expect(writable('insert')).toEqual(['Once__c']);
    expect(writable('update')).toEqual(['Then__c']);
    expect(writable('upsert')).toEqual(['Once__c', 'Then__c']);
  });

  it('must be createable in an upsert by record id, which is an idempotent insert', () => {
    const fields = [
      { name: 'Once__c', createable: true, updateable: false },
      { name: 'Then__c', createable: false, updateable: true },
      { name: 'KafkaRecordId__c', createable: false, updateable: false },
    ];
    const sink = { operation: 'upsert', keyField: 'KafkaRecordId__c' } as const;
    const given = { ...sink, object: described('Contact', { fields }) };
    const recordIdField = 'KafkaRecordId__c';
    expect(check('Once__c', { ...given, recordIdField })).toEqual({ name: 'Once__c' });
    expect(check('Then__c', { ...given, recordIdField })).toEqual({
      ...{ code: 'FIELD_NOT_WRITABLE', reason: 'Then__c is not writable by upsert' },
    });
    expect(check('kafkarecordid__c', { ...given, recordIdField })).toEqual({ name: recordIdField });
  });

  it('that is the key need not be writable, since it only identifies the row', () => {
    expect(check('id', { operation: 'update', keyField: 'Id' })).toEqual({ name: 'Id' });
    const upsert = { object: kase, operation: 'upsert', keyField: 'casenumber' } as const;
    expect(check('CaseNumber', upsert)).toEqual({ name: 'CaseNumber' });
  });

  it('that is the id and not the key is not writable', () => {
    expect(check('Id')).toMatchObject({ code: 'FIELD_NOT_WRITABLE' });
    const upsert = { operation: 'upsert', keyField: 'ExternalId__c' } as const;
    expect(check('Id', upsert)).toMatchObject({ code: 'FIELD_NOT_WRITABLE' });
  });
});

describe('a relationship', () => {
  it("gets Salesforce's spelling in all its parts", () => {
    expect(check('account.externalid__C')).toEqual({ name: 'Account.ExternalId__c' });
    expect(check('user:owner.EMAIL', { object: kase })).toEqual({ name: 'User:Owner.Email' });
  });

  it.each([
    ['Nope.Ext__c', 'FIELD_UNKNOWN', 'Contact has no relationship Nope'],
    ['Email.Ext__c', 'FIELD_UNKNOWN', 'Contact has no relationship Email'],
    ['CreatedBy.Email', 'FIELD_NOT_WRITABLE', 'CreatedById is not writable by insert'],
    ['Account.Nope__c', 'FIELD_UNKNOWN', 'Account has no field Nope__c'],
    ['Account.Name', 'RELATIONSHIP_INVALID', 'Account cannot be referenced by Name, which is not'],
    ['Account:Account.ExternalId__c', 'RELATIONSHIP_INVALID', 'Account refers to Account only'],
  ])('is refused: %s', (name, code, reason) => {
    expect(check(name)).toEqual({ code, reason: expect.stringContaining(reason) });
  });

  it.each([
    ['Owner.Email', 'Owner refers to Group, User: name one of them, as in Group:Owner.Email'],
    ['Contact:Owner.Email', 'Owner refers to Group, User: name one of them, as in'],
    ['User:Owner.Name', 'User cannot be referenced by Name, which is not an external id field'],
  ])('to several objects is refused: %s', (name, reason) => {
    expect(check(name, { object: kase })).toEqual({
      code: 'RELATIONSHIP_INVALID',
      reason: expect.stringContaining(reason),
    });
  });

  it('whose parent cannot be described is left to Salesforce', () => {
    expect(check('account.Nope__c', { parents: new Map() })).toEqual({ name: 'Account.Nope__c' });
    expect(check('Group:Owner.Name', { object: kase })).toEqual({ name: 'Group:Owner.Name' });
  });

  it('refers to one object', () => {
    expect(parentObject('account.ExternalId__c', contact)).toBe('Account');
    expect(parentObject('user:Owner.Email', kase)).toBe('User');
    for (const name of ['Owner.Email', 'Lead:Owner.Email', 'Nope.X', 'Subject']) {
      expect(parentObject(name, kase)).toBeNull();
    }
  });
});
