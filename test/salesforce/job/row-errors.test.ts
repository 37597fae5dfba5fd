import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AttemptFailed } from '../../../src/salesforce/call/failure.ts';
import { rowErrorsOf } from '../../../src/salesforce/job/row-errors.ts';

const replyOf = (body: string) => ({ status: 200, headers: {}, body });

const resultsOf = (...rows: readonly (readonly string[])[]) =>
  replyOf(
    stringify([
      ['sf__Id', 'sf__Error', 'Name', 'Ext__c', 'CloseDate'],
      ...rows.map((row) => ['', ...row]),
    ]),
  );

describe('the errors of failed rows', () => {
  it('are counted by what they say, most frequent first', () => {
    const results = resultsOf(
      ['REQUIRED_FIELD_MISSING:Required fields are missing: [Name]:Name --', '', 'x-1'],
      [
        "INVALID_FIELD:Failed to deserialize field at col 3. Due to, '31.12' is not a valid value for the type xsd:date:CloseDate --",
        'Ann',
        'x-2',
      ],
      [
        "INVALID_FIELD:Failed to deserialize field at col 3. Due to, '1999-' is not a valid value for the type xsd:date:CloseDate --",
        'Bob',
        'x-3',
      ],
    );
    expect(rowErrorsOf(results)).toEqual([
      {
        error:
          "INVALID_FIELD: Failed to deserialize field at col 3. Due to, '…' is not a valid value for the type xsd:date (CloseDate)",
        rows: 2,
      },
      { error: 'REQUIRED_FIELD_MISSING: Required fields are missing: [Name] (Name)', rows: 1 },
    ]);
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
  ])('do not quote the value in %s', (error, value) => {
    const [told] = rowErrorsOf(resultsOf([error, 'other', 'other']));
    expect(told?.error).not.toContain(value);
    expect(told?.error).toMatch(/^[A-Z_]+: .*…/);
  });

  it('never hold a cell of the row, whatever the message does with it', () => {
    const cell = fc.string({ minLength: 3 }).map((text) => `~${text}~`);
    fc.assert(
      fc.property(cell, cell, (name, ext) => {
        const error = `FIELD_CUSTOM_VALIDATION_EXCEPTION:say ${name} or "${ext}": ${ext}:Name --`;
        const [told] = rowErrorsOf(resultsOf([error, name, ext]));
        expect(told?.error).not.toContain(name);
        expect(told?.error).not.toContain(ext);
      }),
    );
  });

  it('mask the longer of two cells that begin alike as a whole', () => {
    const error = 'FIELD_CUSTOM_VALIDATION_EXCEPTION:not abcdef:Name --';
    const [told] = rowErrorsOf(resultsOf([error, 'abc', 'abcdef']));
    expect(told?.error).toBe('FIELD_CUSTOM_VALIDATION_EXCEPTION: not … (Name)');
  });

  it('without the usual grammar are UNKNOWN', () => {
    expect(rowErrorsOf(resultsOf(['something else', 'a', 'b']))).toEqual([
      { error: 'UNKNOWN', rows: 1 },
    ]);
  });

  it('hold messages of several lines', () => {
    const [told] = rowErrorsOf(resultsOf(['CANNOT_INSERT:line one\nline two:--', 'a', 'b']));
    expect(told?.error).toBe('CANNOT_INSERT: line one\nline two');
  });

  it('that are no CSV make the attempt fail', () => {
    expect(() => rowErrorsOf(replyOf('"sf__Id","sf__Error\nhalf'))).toThrow(AttemptFailed);
  });
});
