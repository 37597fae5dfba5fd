import contact from 'salesforce-bulk-emulator/objects/Contact.json' with { type: 'json' };
import { expect, test } from 'vitest';
import { useEmulator } from '../support/emulator.ts';
import { connect } from './client.ts';

const emulator = await useEmulator();
const client = await connect(emulator);

/** The `sf__Error` of the rows of a file, sorted. */
async function errors(csv: string, job: Record<string, unknown> = {}): Promise<string[]> {
  const info = await client.run(csv, job);
  if (info['state'] !== 'JobComplete') throw new Error(String(info['errorMessage']));
  const file = await client.results(String(info['id']), 'failedResults');
  return [...file.matchAll(/^"[^"]*","((?:[^"]|"")*)"/gm)].slice(1).map(([, error]) => error ?? '');
}

const PERSON = {
  Alias: 'ada',
  TimeZoneSidKey: 'GMT',
  LocaleSidKey: 'en_GB',
  EmailEncodingKey: 'UTF-8',
  LanguageLocaleKey: 'en_US',
  ProfileId: '00e000000000001AAA',
};
const addUser = (name: string) =>
  emulator.seed('User', {
    ...PERSON,
    LastName: name,
    Username: `${name}@acme.example`,
    Email: `${name}@example.com`,
  });

const LEAD = { object: 'Lead' };
const UPSERT = { operation: 'upsert', externalIdFieldName: 'Number__c' };

/** Adds to Contact a numeric external id, which is not unique. */
function describeNumber(): void {
  const score = contact.fields.find(({ name }) => name === 'Score__c');
  const number = { ...score, name: 'Number__c', label: 'Number', externalId: true };
  emulator.describe({ ...contact, fields: [...contact.fields, number] });
}

test('an owner is found by type, relationship and key where a lookup has several targets', async () => {
  const ada = addUser('ada');
  expect(
    await errors('LastName,Company,User:Owner.Email\nBob,Acme,ADA@example.com\n', LEAD),
  ).toEqual([]);
  expect(emulator.records('Lead')).toMatchObject([{ OwnerId: ada }]);
  expect(
    await errors('LastName,Company,User:Owner.Username\nBob,Acme,nobody@acme.example\n', LEAD),
  ).toEqual([
    'INVALID_FIELD:Foreign key external ID: nobody@acme.example not found for field Username in entity User:--',
  ]);
});

test('an owner is found without a type where a lookup has one target', async () => {
  const ada = addUser('ada');
  expect(await errors('LastName,Owner.Email\nBob,ada@example.com\n')).toEqual([]);
  expect(emulator.records('Contact')).toMatchObject([{ OwnerId: ada }]);
  expect(await client.run('LastName,User:Owner.Email\nBob,ada@example.com\n')).toMatchObject({
    state: 'Failed',
    errorMessage:
      'InvalidBatch : type is not needed for non polymorphic foreign key references: Owner',
  });
});

test('a parent key that several records have is an error of the row', async () => {
  const ids = [1, 2].map(() => emulator.seed('Contact', { LastName: 'Ada', Email: 'a@b.example' }));
  expect(await errors('LastName,ReportsTo.Email\nBob,a@b.example\n')).toEqual([
    `DUPLICATE_EXTERNAL_ID:Email: more than one record found for external id field: [${ids.join(', ')}]:ReportsToId --`,
  ]);
});

test('a parent is found by its id in either length', async () => {
  const account = emulator.seed('Account', { Name: 'Acme' });
  expect(await errors(`LastName,Account.Id\nAda,${account.slice(0, 15)}\n`)).toEqual([]);
  expect(emulator.records('Contact')).toMatchObject([{ AccountId: account }]);
});

test('an unknown user cannot own records, a known one can', async () => {
  const ada = addUser('ada');
  expect(await errors(`LastName,OwnerId\nAda,${ada}\n`)).toEqual([]);
  expect(await errors('LastName,OwnerId\nAda,005000000000001\n')).toEqual([
    'INVALID_CROSS_REFERENCE_KEY:invalid cross reference id:--',
  ]);
});

test('an id of another object is malformed, in a lookup and in a row', async () => {
  const account = emulator.seed('Account', { Name: 'Acme' });
  const malformed = (label: string, field: string) =>
    `MALFORMED_ID:${label} ID: id value of incorrect type: ${account}:${field} --`;
  expect(await errors(`LastName,ReportsToId\nAda,${account}\n`)).toEqual([
    malformed('Reports To', 'ReportsToId'),
  ]);
  expect(await errors(`LastName,Company,OwnerId\nAda,Acme,${account}\n`, LEAD)).toEqual([
    malformed('Owner', 'OwnerId'),
  ]);
  expect(await errors(`Id\n${account}\n`, { operation: 'delete' })).toEqual([
    malformed('Contact', 'Id'),
  ]);
});

test('a numeric key names one record in any notation', async () => {
  describeNumber();
  expect(await errors('LastName,Number__c\nAda,7.0\n', UPSERT)).toEqual([]);
  expect(await errors('LastName,Number__c\nAda L,7\n', UPSERT)).toEqual([]);
  expect(emulator.records('Contact')).toMatchObject([{ LastName: 'Ada L', Number__c: 7 }]);
  expect(await errors('LastName,Number__c\nAda,7\nBob,7.00\n', UPSERT)).toEqual(
    expect.arrayContaining([
      'DUPLICATE_VALUE:Duplicate external id specified: 7:Number__c --',
      'DUPLICATE_VALUE:Duplicate external id specified: 7.00:Number__c --',
    ]),
  );
  expect(await errors('LastName,ReportsTo.Number__c\nEve,7.0\n')).toEqual([]);
  expect(emulator.records('Contact')[1]).toMatchObject({ ReportsToId: expect.any(String) });
});

test('an invalid key is an error of its own column', async () => {
  describeNumber();
  expect(await errors('LastName,Number__c\nAda,seven\n', UPSERT)).toEqual([
    "INVALID_FIELD:Failed to deserialize field at col 1. Due to, 'seven' is not a valid value for the type xsd:double:Number__c --",
  ]);
});

test('rows with a null key have no key and are not duplicates', async () => {
  const job = { operation: 'upsert', externalIdFieldName: 'ExternalId__c' };
  expect(await errors('LastName,ExternalId__c\nAda,#N/A\nBob,#N/A\nEve,\n', job)).toEqual(
    Array(3).fill('MISSING_ARGUMENT:ExternalId__c not specified:--'),
  );
});

test('null clears a lookup in its own column, but is not a key in a relationship column', async () => {
  const account = emulator.seed('Account', { Name: 'Acme', ExternalId__c: 'ACME' });
  const id = emulator.seed('Contact', { LastName: 'Ada', AccountId: account });
  const update = { operation: 'update' };
  expect(await errors(`Id,Account.ExternalId__c\n${id},#N/A\n`, update)).toEqual([
    'INVALID_FIELD:Foreign key external ID: #N/A not found for field ExternalId__c in entity Account:--',
  ]);
  expect(await errors(`Id,AccountId\n${id},#N/A\n`, update)).toEqual([]);
  expect(emulator.records('Contact')).toMatchObject([{ AccountId: null }]);
});

test('a field that is never empty cannot be cleared, with or without a default', async () => {
  const id = emulator.seed('Contact', { LastName: 'Ada' });
  const update = { operation: 'update' };
  expect(await errors(`Id,OwnerId\n${id},#N/A\n`, update)).toEqual([
    'REQUIRED_FIELD_MISSING:Required fields are missing: [OwnerId]:OwnerId --',
  ]);
  expect(await errors(`Id,Active__c\n${id},#N/A\n`, update)).toEqual([
    'INVALID_TYPE_ON_FIELD_IN_RECORD:Active: value not of required type: :Active__c --',
  ]);
});

test('a parent cannot be named by an id and a key, or by two keys', async () => {
  const account = emulator.seed('Account', {
    Name: 'Acme',
    ExternalId__c: 'A',
    KafkaRecordId__c: 'K',
  });
  const [id, key, other] = ['AccountId', 'Account.ExternalId__c', 'Account.KafkaRecordId__c'];
  expect(await errors(`LastName,${key},${id}\nAda,A,${account}\nBob,A,\n`)).toEqual([
    'INVALID_FIELD:Cannot specify both an external ID reference Account and a salesforce id, AccountId:--',
  ]);
  expect(await errors(`LastName,${key},${other}\nAda,A,K\nEve,,K\n`)).toEqual([
    'INVALID_FIELD:More than one external ID reference Account:--',
  ]);
  expect(emulator.records('Contact').map(({ AccountId }) => AccountId)).toEqual([account, account]);
});

test('the user that creates a record owns it, unless the row names another', async () => {
  const ada = addUser('ada');
  expect(await errors(`LastName,OwnerId\nOne,\nTwo,${ada}\n`)).toEqual([]);
  const owners = emulator.records('Contact').map(({ OwnerId }) => OwnerId);
  expect(owners).toEqual([emulator.records('User')[0]?.['Id'], ada]);
});
