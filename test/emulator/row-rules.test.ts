import { expect, test } from 'vitest';
import { useEmulator } from '../support/emulator.ts';
import { connect } from './client.ts';

const emulator = await useEmulator({ now: () => Date.UTC(2026, 0, 2, 3, 4, 5, 678) });
const client = await connect(emulator);

/** The `sf__Error` of the only row of a file. */
async function rowError(csv: string, job: Record<string, unknown> = {}): Promise<string> {
  const info = await client.run(csv, job);
  if (info['state'] !== 'JobComplete') throw new Error(String(info['errorMessage']));
  const file = await client.results(String(info['id']), 'failedResults');
  const [, error = ''] = /\n"[^"]*","((?:[^"]|"")*)"/.exec(file) ?? [];
  return error.replaceAll('""', '"');
}

/** The value of a field after a file with one row. */
async function stored(field: string, text: string): Promise<unknown> {
  emulator.reset();
  const error = await rowError(`LastName,${field}\nAda,"${text}"\n`);
  return error === '' ? emulator.records('Contact')[0]?.[field] : error;
}

const undeserialized = (text: string, type: string, field: string) =>
  `INVALID_FIELD:Failed to deserialize field at col 1. Due to, '${text}' is not a valid value for the type xsd:${type}:${field} --`;

test.each([
  ['Birthdate', '1990-02-28', '1990-02-28'],
  ['Birthdate', '1990-02-29', undeserialized('1990-02-29', 'date', 'Birthdate')],
  ['Birthdate', '28/02/1990', undeserialized('28/02/1990', 'date', 'Birthdate')],
  [
    'Birthdate',
    '1990-02-28T00:00:00Z',
    undeserialized('1990-02-28T00:00:00Z', 'date', 'Birthdate'),
  ],
  ['Birthdate', '1700-01-01', '1700-01-01'],
  ['Birthdate', '1699-12-31', undeserialized('1699-12-31', 'date', 'Birthdate')],
  ['Birthdate', '4000-12-31', '4000-12-31'],
  ['Birthdate', '4001-01-01', undeserialized('4001-01-01', 'date', 'Birthdate')],
  ['LastSeen__c', '1700-01-01T00:00:00Z', '1700-01-01T00:00:00.000+0000'],
  [
    'LastSeen__c',
    '1700-01-01T00:00:00+01:00',
    undeserialized('1700-01-01T00:00:00+01:00', 'dateTime', 'LastSeen__c'),
  ],
  ['LastSeen__c', '4000-12-31T00:00:00Z', '4000-12-31T00:00:00.000+0000'],
  [
    'LastSeen__c',
    '9999-12-31T23:59:59-01:00',
    undeserialized('9999-12-31T23:59:59-01:00', 'dateTime', 'LastSeen__c'),
  ],
  ['LastSeen__c', '2026-01-02T03:04:05Z', '2026-01-02T03:04:05.000+0000'],
  ['LastSeen__c', '2026-01-02T03:04:05.678+02:00', '2026-01-02T01:04:05.678+0000'],
  ['LastSeen__c', '2026-01-02T03:04:05.678901-0330', '2026-01-02T06:34:05.678+0000'],
  ['LastSeen__c', '2026-01-02', undeserialized('2026-01-02', 'dateTime', 'LastSeen__c')],
  [
    'LastSeen__c',
    '2026-01-02 03:04:05',
    undeserialized('2026-01-02 03:04:05', 'dateTime', 'LastSeen__c'),
  ],
  [
    'LastSeen__c',
    '2026-01-02T03:04:05',
    undeserialized('2026-01-02T03:04:05', 'dateTime', 'LastSeen__c'),
  ],
  [
    'LastSeen__c',
    '2026-01-02T24:00:00Z',
    undeserialized('2026-01-02T24:00:00Z', 'dateTime', 'LastSeen__c'),
  ],
  ['PreferredTime__c', '09:30:00.5Z', '09:30:00.500Z'],
  [
    'PreferredTime__c',
    '09:30:00.5001Z',
    undeserialized('09:30:00.5001Z', 'time', 'PreferredTime__c'),
  ],
  ['PreferredTime__c', '9:30', undeserialized('9:30', 'time', 'PreferredTime__c')],
  ['Active__c', 'true', true],
  ['Active__c', 'YES', true],
  ['Active__c', '0', false],
  ['Active__c', 'on', undeserialized('on', 'boolean', 'Active__c')],
  ['Visits__c', '42', 42],
  ['Visits__c', '-7', -7],
  [
    'Visits__c',
    '250.0',
    'INVALID_TYPE_ON_FIELD_IN_RECORD:Visits: value not of required type: 250.0:Visits__c --',
  ],
  ['Visits__c', '4,2', undeserialized('4,2', 'int', 'Visits__c')],
  ['Visits__c', '-999999999', -999_999_999],
  ['Visits__c', '+0000000000000000042', 42],
  [
    'Visits__c',
    '1000000000',
    'NUMBER_OUTSIDE_VALID_RANGE:Visits: value outside of valid range on numeric field: 1000000000:Visits__c --',
  ],
  ['Visits__c', '-2147483649', undeserialized('-2147483649', 'int', 'Visits__c')],
  ['Visits__c', '2147483648', undeserialized('2147483648', 'int', 'Visits__c')],
  ['Score__c', '1.5', 1.5],
  ['Score__c', '1.5E3', 1500],
  ['Score__c', '.25', 0.25],
  ['Score__c', '1.23456', 1.2346],
  ['Score__c', '1,000.5', undeserialized('1,000.5', 'double', 'Score__c')],
  ['Score__c', 'NaN', undeserialized('NaN', 'double', 'Score__c')],
  [
    'Score__c',
    '1e14',
    'NUMBER_OUTSIDE_VALID_RANGE:Score: value outside of valid range on numeric field: 1e14:Score__c --',
  ],
  ['Email', 'ada@example.com', 'ada@example.com'],
  ['Email', 'ada', 'INVALID_EMAIL_ADDRESS:Email: invalid email address: ada:Email --'],
  ['Level__c', 'Gold', 'Gold'],
  [
    'Level__c',
    'gold',
    'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST:Level: bad value for restricted picklist field: gold:Level__c --',
  ],
  [
    'Level__c',
    'Tin',
    'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST:Level: bad value for restricted picklist field: Tin:Level__c --',
  ],
  ['LeadSource', 'Anything', 'Anything'],
  ['Tags__c', 'News;Events', 'News;Events'],
  [
    'Tags__c',
    'News;Spam',
    'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST:Tags: bad value for restricted picklist field: Spam:Tags__c --',
  ],
  [
    'FirstName',
    'x'.repeat(41),
    `STRING_TOO_LONG:First Name: data value too large: ${'x'.repeat(41)} (max length=40):FirstName --`,
  ],
  ['FirstName', '  Ada ', '  Ada '],
  [
    'AccountId',
    'nothing',
    'MALFORMED_ID:Account ID: id value of incorrect type: nothing:AccountId --',
  ],
  [
    'AccountId',
    '001000000000001AAB',
    'MALFORMED_ID:Account ID: id value of incorrect type: 001000000000001AAB:AccountId --',
  ],
  ['AccountId', '001000000000001AAA', 'INVALID_CROSS_REFERENCE_KEY:invalid cross reference id:--'],
  [
    'CreatedDate',
    '2026-01-02T03:04:05Z',
    'INVALID_FIELD_FOR_INSERT_UPDATE:Unable to create/update fields: CreatedDate. Please check the security settings of this field and verify that it is read/write for your profile or permission set.:CreatedDate --',
  ],
  [
    'Id',
    '003000000000001AAA',
    'INVALID_FIELD_FOR_INSERT_UPDATE:cannot specify Id in an insert call:Id --',
  ],
  ['CreatedDate', '', '2026-01-02T03:04:05.678+0000'],
  ['Level__c', '', undefined],
  ['Level__c', '#N/A', undefined],
  ['Active__c', '', false],
])('%s takes %j as %j', async (field, text, expected) => {
  expect(await stored(field, text)).toEqual(expected);
});

test('a row without a required field fails', async () => {
  expect(await rowError('FirstName\nAda\n')).toBe(
    'REQUIRED_FIELD_MISSING:Required fields are missing: [LastName]:LastName --',
  );
  expect(await rowError('FirstName,LastName\nAda,#N/A\n')).toContain('REQUIRED_FIELD_MISSING:');
});

test('a unique value that a record already has fails, in any case', async () => {
  await client.run('LastName,ExternalId__c\nAda,A-1\n');
  const id = emulator.records('Contact')[0]?.['Id'];
  expect(await rowError('LastName,ExternalId__c\nBob,a-1\n')).toBe(
    `DUPLICATE_VALUE:duplicate value found: ExternalId__c duplicates value on record with id: ${id}:--`,
  );
});

test('of two rows of an insert with one unique value, the first is stored', async () => {
  const info = await client.run('LastName,ExternalId__c\nAda,A-1\nBob,A-1\n');
  expect(info).toMatchObject({ numberRecordsProcessed: 2, numberRecordsFailed: 1 });
  expect(emulator.records('Contact')).toMatchObject([{ LastName: 'Ada' }]);
});

test('a relationship column finds the parent by its external id', async () => {
  await client.run('Name,ExternalId__c\nAcme,ACME\n', { object: 'Account' });
  await client.run('LastName,Account.ExternalId__c\nAda,ACME\nBob,\n');
  const account = emulator.records('Account')[0]?.['Id'];
  const byName = Object.fromEntries(
    emulator.records('Contact').map((record) => [record['LastName'], record['AccountId']]),
  );
  expect(byName).toEqual({ Ada: account, Bob: undefined });
  expect(await rowError('LastName,Account.ExternalId__c\nEve,NONE\n')).toBe(
    'INVALID_FIELD:Foreign key external ID: NONE not found for field ExternalId__c in entity Account:--',
  );
});

test('column names match in any case', async () => {
  await client.run('lastname,EMAIL\nAda,ada@example.com\n');
  expect(emulator.records('Contact')).toMatchObject([
    { LastName: 'Ada', Email: 'ada@example.com' },
  ]);
});

test('a value of the wrong type takes precedence over one that breaks a rule', async () => {
  expect(await rowError('LastName,Email,Birthdate\nAda,ada,bad\n')).toContain('at col 2.');
  expect(await rowError('LastName,Email,Level__c\nAda,ada,bad\n')).toContain('INVALID_EMAIL');
});
