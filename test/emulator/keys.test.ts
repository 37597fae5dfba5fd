import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Choices, type Emulator, startEmulator } from 'salesforce-bulk-emulator';
import { afterEach, expect, test } from 'vitest';
import { type Client, connect } from './client.ts';

let emulator: Emulator;
let client: Client;

afterEach(() => emulator.close());

const CONTACT = join(import.meta.dirname, '../../emulator/objects/Contact.json');

/** An org whose contacts have some changed fields. */
async function start(
  changes: Record<string, object>,
  choices: Partial<Choices> = {},
): Promise<void> {
  emulator = await startEmulator({ choices });
  client = await connect(emulator);
  const contact = JSON.parse(readFileSync(CONTACT, 'utf8'));
  const fields = contact.fields.map((field: { name: string }) => ({
    ...field,
    ...changes[field.name],
  }));
  emulator.describe({ ...contact, fields });
}

const KEY = { externalId: true, idLookup: true, unique: true };
const upsertBy = (externalIdFieldName: string) => ({ operation: 'upsert', externalIdFieldName });

/** The `sf__Error` of each failed row of a file. */
async function errors(csv: string, job: Record<string, unknown>): Promise<string[]> {
  const info = await client.run(csv, job);
  if (info['state'] !== 'JobComplete') throw new Error(String(info['errorMessage']));
  const file = await client.results(String(info['id']), 'failedResults');
  return [...file.matchAll(/\n"[^"]*","([^"]*)"/g)].map(([, error = '']) => error).toSorted();
}

const titles = () => emulator.records('Contact').map(({ Title }) => Title);

test.each([
  ['Score__c', '1', '1.0', '1E0'],
  ['Visits__c', '1', '+1', '01'],
])('a key in the number field %s is compared by value', async (field, first, second, third) => {
  await start({ [field]: KEY });
  const job = upsertBy(field);
  expect(await errors(`${field},LastName,Title\n${first},Ada,one\n`, job)).toEqual([]);
  expect(await errors(`${field},LastName,Title\n${second},Ada,two\n`, job)).toEqual([]);
  expect(titles()).toEqual(['two']);
  expect(await errors(`${field},LastName\n${first},A\n${third},B\n`, job)).toEqual(
    [
      `DUPLICATE_VALUE:Duplicate external id specified: ${third}:${field} --`,
      `DUPLICATE_VALUE:Duplicate external id specified: ${first}:${field} --`,
    ].toSorted(),
  );
});

test.each([
  [false, ['two'], 2],
  [true, ['one', 'two'], 0],
])('a text key that is case-sensitive: %s', async (caseSensitive, expected, repeated) => {
  await start({ ExternalId__c: { caseSensitive } });
  const job = upsertBy('ExternalId__c');
  const csv = (key: string, title: string) => `ExternalId__c,LastName,Title\n${key},Ada,${title}\n`;
  expect(await errors(csv('key', 'one'), job)).toEqual([]);
  expect(await errors(csv('KEY', 'two'), job)).toEqual([]);
  expect(titles()).toEqual(expected);
  const both = 'ExternalId__c,LastName\nnew,A\nNEW,B\n';
  expect(await errors(both, job)).toHaveLength(repeated);
});

test('an id is one key in 15 and in 18 characters, to a delete too', async () => {
  await start({});
  const id = emulator.seed('Contact', { LastName: 'Ada' });
  const csv = `Id\n${id}\n${id.slice(0, 15)}\n`;
  expect(await errors(csv, { operation: 'delete' })).toEqual(
    [id, id.slice(0, 15)]
      .map((text) => `DUPLICATE_VALUE:Duplicate id specified: ${text}:Id --`)
      .toSorted(),
  );
  expect(await errors(`Id\n${id.slice(0, 15)}\n`, { operation: 'delete' })).toEqual([]);
});

const spaced = 'ExternalId__c,LastName,Title\nA,Ada,one\n A ,Ada,two\n';
const TAKEN = expect.stringMatching(/^DUPLICATE_VALUE:duplicate value found: ExternalId__c /);
const REPEATED = expect.stringMatching(/^DUPLICATE_VALUE:Duplicate external id specified: /);

test.each([
  ['kept', 'as-sent', ['one', 'two'], []],
  ['trimmed', 'as-sent', [], [REPEATED, REPEATED]],
  ['trimmed', 'trimmed', [], [REPEATED, REPEATED]],
  ['kept', 'trimmed', ['one'], [TAKEN]],
] as const)(
  'key-spaces=%s, text-trimming=%s: a key with spaces around it in a chunk',
  async (spaces, trimming, stored, refused) => {
    await start({}, { 'key-spaces': spaces, 'text-trimming': trimming });
    expect(await errors(spaced, upsertBy('ExternalId__c'))).toEqual(refused);
    expect(titles()).toEqual(stored);
  },
);

test('key-spaces=trimmed: a key with spaces finds its record, a blank key is none', async () => {
  await start({}, { 'key-spaces': 'trimmed' });
  emulator.seed('Contact', { LastName: 'Ada', ExternalId__c: ' A' });
  const csv = 'ExternalId__c,Title\nA  ,two\n';
  expect(await errors(csv, upsertBy('ExternalId__c'))).toEqual([]);
  expect(titles()).toEqual(['two']);
  expect(await errors('ExternalId__c,Title\n  ,two\n', upsertBy('ExternalId__c'))).toEqual([
    'MISSING_ARGUMENT:ExternalId__c not specified:--',
  ]);
  expect(await errors('LastName,ReportsTo.ExternalId__c\nBob,  A \n', {})).toEqual([]);
});

test('text-trimming=trimmed: spaces around a text are not stored, a blank text is null', async () => {
  await start({}, { 'text-trimming': 'trimmed' });
  expect(await errors(`LastName,FirstName,Title\n${' '.repeat(80)}Ada ,  ,a b\n`, {})).toEqual([]);
  expect(emulator.records('Contact')).toMatchObject([{ LastName: 'Ada', Title: 'a b' }]);
  expect(emulator.records('Contact')[0]).not.toHaveProperty('FirstName');
  expect(await errors('LastName\n  \n', {})).toEqual([
    'REQUIRED_FIELD_MISSING:Required fields are missing: [LastName]:LastName --',
  ]);
});

test('a create-only field fails an update, and an upsert that finds a record', async () => {
  await start({ AccountId: { updateable: false }, ExternalId__c: KEY });
  const account = emulator.seed('Account', { Name: 'Acme', ExternalId__c: 'ACME' });
  const refusal =
    'INVALID_FIELD_FOR_INSERT_UPDATE:Unable to create/update fields: AccountId. Please check the security settings of this field and verify that it is read/write for your profile or permission set.:AccountId --';
  const job = upsertBy('ExternalId__c');
  const csv = `ExternalId__c,LastName,AccountId\nA,Ada,${account}\n`;
  expect(await errors(csv, job)).toEqual([]);
  expect(emulator.records('Contact')).toMatchObject([{ AccountId: account }]);
  expect(await errors(csv, job)).toEqual([refusal]);
  const byKey = 'ExternalId__c,LastName,Account.ExternalId__c\nA,Ada,ACME\n';
  expect(await errors(byKey, job)).toEqual([refusal]);
  const id = emulator.records('Contact')[0]?.['Id'];
  expect(await errors(`Id,AccountId\n${id},${account}\n`, { operation: 'update' })).toEqual([
    refusal,
  ]);
  expect(await errors(`Id,AccountId,Title\n${id},,x\n`, { operation: 'update' })).toEqual([]);
});
