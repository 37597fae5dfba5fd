import contact from 'salesforce-bulk-emulator/objects/Contact.json' with { type: 'json' };
import { describe, expect, it } from 'vitest';
import { alreadyDone } from '../../src/delivery/errors-meaning-done.ts';
import { described } from '../object/described.ts';

/** An error as `rowErrorOf` gives it: what the message ends with are the fields. */
const errorOf = (code: string, message = '') => ({ code, message, redactedMessage: code });

const fields = contact.fields.map((field) =>
  field.name === 'AccountId' ? { ...field, updateable: false } : field,
);
const object = described('Contact', { fields });

const byRecordId = alreadyDone({ operation: 'insert', recordIdField: 'KafkaRecordId__c' }, object);

describe('a row with a record id was created before', () => {
  it('when its record id is taken', () => {
    const message =
      'duplicate value found: KafkaRecordId__c duplicates value on record with id: 003Em0000000001';
    expect(byRecordId(errorOf('DUPLICATE_VALUE', message))).toBe(true);
    expect(byRecordId(errorOf('DUPLICATE_VALUE', message.toLowerCase()))).toBe(true);
  });

  it('not when the value of another unique field is taken', () => {
    const message = 'duplicate value found: Email__c duplicates value on record with id: 003';
    expect(byRecordId(errorOf('DUPLICATE_VALUE', message))).toBe(false);
    const longer = 'duplicate value found: Old_KafkaRecordId__c duplicates value on record';
    expect(byRecordId(errorOf('DUPLICATE_VALUE', longer))).toBe(false);
  });

  const refusal = (names: string) =>
    errorOf(
      'INVALID_FIELD_FOR_INSERT_UPDATE',
      `Unable to create/update fields: AccountId. Please check the security settings (${names})`,
    );

  it('when only fields are refused that a creation alone can set', () => {
    expect(byRecordId(refusal('AccountId'))).toBe(true);
    expect(byRecordId(refusal('accountid'))).toBe(true);
  });

  it('not when a field is refused that can be updated, is not known, or none is named', () => {
    expect(byRecordId(refusal('LastName'))).toBe(false);
    expect(byRecordId(refusal('AccountId LastName'))).toBe(false);
    expect(byRecordId(refusal('Nobody__c'))).toBe(false);
    expect(byRecordId(errorOf('INVALID_FIELD_FOR_INSERT_UPDATE', 'Unable to create'))).toBe(false);
  });

  it('not by its fields when the description is not readable', () => {
    const blind = alreadyDone({ operation: 'insert', recordIdField: 'KafkaRecordId__c' }, null);
    expect(blind(refusal('AccountId'))).toBe(false);
  });

  it('not when it was refused for anything else', () => {
    expect(byRecordId(errorOf('ENTITY_IS_DELETED'))).toBe(false);
    expect(byRecordId(errorOf('REQUIRED_FIELD_MISSING', 'KafkaRecordId__c'))).toBe(false);
  });
});

describe('a row to delete is gone', () => {
  const done = (operation: 'delete' | 'hardDelete', code: string) =>
    alreadyDone({ operation, recordIdField: null }, object)(errorOf(code));

  it('when it is deleted', () => {
    expect(done('delete', 'ENTITY_IS_DELETED')).toBe(true);
    expect(done('hardDelete', 'ENTITY_IS_DELETED')).toBe(true);
  });

  it('when there is none of its id, but only after it was hard-deleted', () => {
    expect(done('hardDelete', 'INVALID_CROSS_REFERENCE_KEY')).toBe(true);
    expect(done('delete', 'INVALID_CROSS_REFERENCE_KEY')).toBe(false);
  });

  it('not when it is locked', () => {
    expect(done('delete', 'UNABLE_TO_LOCK_ROW')).toBe(false);
    expect(done('hardDelete', 'UNABLE_TO_LOCK_ROW')).toBe(false);
  });
});

it.each(['insert', 'update', 'upsert'] as const)(
  'of an %s without a record id, no refused row is done already',
  (operation) => {
    const isDone = alreadyDone({ operation, recordIdField: null }, object);
    expect(isDone(errorOf('ENTITY_IS_DELETED'))).toBe(false);
    expect(isDone(errorOf('DUPLICATE_VALUE', 'duplicate value found: ExternalId__c'))).toBe(false);
  },
);
