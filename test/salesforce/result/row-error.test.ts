import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rowErrorOf } from '../../../src/salesforce/result/row-error.ts';

const errorOf = ([error = '', ...cells]: readonly string[]) =>
  rowErrorOf({ error, cells, names: ['Name', 'Ext__c', 'CloseDate'] });

describe('the error of a failed row', () => {
  it.each([
    [
      'REQUIRED_FIELD_MISSING:Required fields are missing: [Name]:Name --',
      'REQUIRED_FIELD_MISSING',
      'Required fields are missing: [Name] (Name)',
    ],
    [
      "INVALID_FIELD:Failed to deserialize field at col 3. Due to, '31.12' is not a valid value for the type xsd:date:CloseDate --",
      'INVALID_FIELD',
      "Failed to deserialize field at col 3. Due to, '31.12' is not a valid value for the type xsd:date (CloseDate)",
    ],
    ['UNABLE_TO_LOCK_ROW:unable to obtain: 001:--', 'UNABLE_TO_LOCK_ROW', 'unable to obtain: 001'],
    [
      'DUPLICATES_DETECTED:Use one of these records?:--',
      'DUPLICATES_DETECTED',
      'Use one of these records?',
    ],
    ['UNABLE_TO_LOCK_ROW:locked', 'UNABLE_TO_LOCK_ROW', 'locked'],
    ['no grammar at all', 'UNKNOWN', 'no grammar at all'],
  ])('of %s', (error, code, message) => {
    expect(errorOf([error, 'Ann', 'x-2'])).toMatchObject({ code, message });
  });

  it.each([
    [
      'STRING_TOO_LONG:Account Name: data value too large: Abcdefgh… (max length=255):Name --',
      'Abcdefgh',
    ],
    [
      'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST:Rating: bad value for restricted picklist field: Terrible:Rating --',
      'Terrible',
    ],
    ['DUPLICATE_VALUE:Duplicate external id specified: X-77:Ext__c --', 'X-77'],
    [
      'INVALID_FIELD:Foreign key external ID: x-77 not found for field Ext__c in entity Account:--',
      'x-77',
    ],
    [
      'INVALID_TYPE_ON_FIELD_IN_RECORD:Size: value not of required type: 250.0:NumberOfEmployees --',
      '250.0',
    ],
    ['INVALID_EMAIL_ADDRESS:Email: invalid email address: a@@b:Email --', 'a@@b'],
    [
      'DUPLICATE_VALUE:duplicate value found: Ext__c duplicates value on record with id: 0065g00000XXXXX:--',
      '0065g00000XXXXX',
    ],
  ])('does not quote the value in %s', (error, value) => {
    const { redactedMessage } = errorOf([error, 'other', 'other']);
    expect(redactedMessage).not.toContain(value);
    expect(redactedMessage).toMatch(/^[A-Z_]+: .*…/);
  });

  it('never holds a cell of the row, whatever the message does with it', () => {
    const cell = fc.string({ minLength: 3 }).map((text) => `~${text}~`);
    fc.assert(
      fc.property(cell, cell, (name, ext) => {
        const error = `FIELD_CUSTOM_VALIDATION_EXCEPTION:say ${name} or "${ext}": ${ext}:Name --`;
        const { redactedMessage } = errorOf([error, name, ext]);
        expect(redactedMessage).not.toContain(name);
        expect(redactedMessage).not.toContain(ext);
      }),
    );
  });

  it.each([
    ['Patient v', 'Patient v'.repeat(20_000)],
    ['a value', 'x'.repeat(131_072)],
  ])('is read though a cell is as long as a field can be: %s', (_name, cell) => {
    const error = `STRING_TOO_LONG:Description: data value too large: ${cell} (max length=32000):Name --`;
    const { code, redactedMessage } = errorOf([error, cell]);
    expect(code).toBe('STRING_TOO_LONG');
    expect(redactedMessage).not.toContain(cell.slice(0, 9));
  });

  it('never holds a number of the row, in whichever notation', () => {
    const error =
      'NUMBER_OUTSIDE_VALID_RANGE:Score: value outside of valid range on numeric field: 98765432109876540000:Score__c --';
    expect(errorOf([error, '9.8765432109876543E19']).redactedMessage).not.toContain('987654');
    const custom = 'FIELD_CUSTOM_VALIDATION_EXCEPTION:not 4711.50 please:Name --';
    expect(errorOf([custom, ' 4711.5 ']).redactedMessage).not.toContain('4711');
  });

  it('masks the longer of two cells that begin alike as a whole', () => {
    const error = 'INVALID_CROSS_REFERENCE_KEY:not abcdef:Name --';
    const { redactedMessage } = errorOf([error, 'abc', 'abcdef']);
    expect(redactedMessage).toBe('INVALID_CROSS_REFERENCE_KEY: not … (Name)');
  });

  it('hold messages of several lines', () => {
    const { redactedMessage } = errorOf(['CANNOT_INSERT:line one\nline two:--', 'a', 'b']);
    expect(redactedMessage).toBe('CANNOT_INSERT: line one\nline two');
  });

  it.each([
    'FIELD_CUSTOM_VALIDATION_EXCEPTION',
    'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
    'DUPLICATES_DETECTED',
  ])('tells nothing of the text of %s, which an org makes of whatever it likes', (code) => {
    const { message, redactedMessage } = errorOf([
      `${code}:Patient John Maria has no consent:Name --`,
      'Mary',
    ]);
    expect(redactedMessage).toBe(`${code}: see the errant queue (Name)`);
    expect(message).toBe('Patient John Maria has no consent (Name)');
  });
});
