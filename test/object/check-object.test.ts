import { describe, expect, it } from 'vitest';
import { checkObject } from '../../src/object/check-object.ts';
import { described } from './described.ts';

type Sink = Parameters<typeof checkObject>[1];

const problemOf = (sink: Partial<Sink>, changes: object = {}): string | null => {
  const whole = {
    object: 'Contact',
    operation: 'insert',
    externalIdField: null,
    recordIdField: null,
  } as const;
  const sinkOf = { ...whole, tombstones: 'errant' } as const;
  try {
    checkObject(described('Contact', changes), { ...sinkOf, ...sink });
    return null;
  } catch (error) {
    return (error as Error).message;
  }
};

const upsert = { operation: 'upsert', externalIdField: 'ExternalId__c' } as const;

describe('an object', () => {
  it('that allows the operation has no problem', () => {
    for (const operation of ['insert', 'update', 'delete', 'hardDelete'] as const) {
      expect(problemOf({ operation })).toBeNull();
    }
    expect(problemOf(upsert)).toBeNull();
    const recordIdField = 'KafkaRecordId__c';
    expect(problemOf({ ...upsert, externalIdField: recordIdField, recordIdField })).toBeNull();
    for (const externalIdField of ['externalid__c', 'Email', 'Id']) {
      expect(problemOf({ ...upsert, externalIdField })).toBeNull();
    }
  });

  it.each([
    [{ operation: 'insert' }, { createable: false }, 'not createable'],
    [{ operation: 'update' }, { updateable: false }, 'not updateable'],
    [upsert, { createable: false, updateable: false }, 'not createable, not updateable'],
    [upsert, { updateable: false }, 'not updateable'],
    [{ operation: 'delete' }, { deletable: false }, 'not deletable'],
    [{ operation: 'hardDelete' }, { deletable: false }, 'not deletable'],
  ] as const)('lists the missing permissions: %j', (sink, changes, denied) => {
    expect(problemOf(sink, changes)).toMatch(
      new RegExp(`^OBJECT_INVALID: ${sink.operation} is not possible: Contact is ${denied} for`),
    );
  });

  it('does not need the permissions of other operations', () => {
    expect(problemOf({ operation: 'insert' }, { updateable: false, deletable: false })).toBeNull();
  });

  it('names the problem of the external id field', () => {
    expect(problemOf({ ...upsert, externalIdField: 'Ext__c' })).toContain(
      'SALESFORCE_EXTERNAL_ID_FIELD: Contact has no field Ext__c, or the run-as user has no access to it',
    );
    expect(problemOf({ ...upsert, externalIdField: 'phone' })).toContain(
      'SALESFORCE_EXTERNAL_ID_FIELD: Phone is not an external id field of Contact',
    );
  });

  it('names the problem of the record id field, with its setting', () => {
    const sink = { operation: 'upsert', externalIdField: 'Id', recordIdField: 'Id' } as const;
    expect(problemOf(sink)).toContain(
      'SALESFORCE_RECORD_ID_FIELD: the run-as user may not write Id',
    );
  });

  it('lists all problems', () => {
    const sink = { ...upsert, externalIdField: 'Ext__c' };
    expect(problemOf(sink, { createable: false })).toMatch(/not createable.*; .*no field Ext__c/);
  });
});
