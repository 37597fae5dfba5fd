import { startEmulator } from 'salesforce-bulk-emulator';
import { beforeEach, expect, test } from 'vitest';
import { useEmulator } from '../support/emulator.ts';
import { connect, JOBS } from './client.ts';

const emulator = await useEmulator();
const client = await connect(emulator);
beforeEach(async () => {
  await client.run('LastName,ExternalId__c,Title\nAda,A,Countess\nBob,B,Builder\n');
});

const UPDATE = { operation: 'update' };
const UPSERT = { operation: 'upsert', externalIdFieldName: 'ExternalId__c' };

const contact = (name: string) =>
  emulator.records('Contact').find(({ LastName }) => LastName === name);
const idOf = (name: string) => String(contact(name)?.['Id']);

/** Runs a job; every failed row as `id error`. */
async function failures(csv: string, job: Record<string, unknown>): Promise<string[]> {
  const info = await client.run(csv, job);
  if (info['state'] !== 'JobComplete') throw new Error(String(info['errorMessage']));
  const file = await client.results(String(info['id']), 'failedResults');
  return [...file.matchAll(/^"([^"]*)","((?:[^"]|"")*)"/gm)]
    .slice(1)
    .map(([, id, error]) => `${id} ${error}`);
}

test('an update changes filled cells, clears those with #N/A, keeps the rest', async () => {
  const ada = idOf('Ada');
  const info = await client.run(`Id,FirstName,Title\n${ada},Augusta,#N/A\n`, UPDATE);
  expect(await client.results(String(info['id']), 'successfulResults')).toBe(
    `"sf__Id","sf__Created",Id,FirstName,Title\n"${ada}","false","${ada}","Augusta","#N/A"\n`,
  );
  expect(contact('Ada')).toMatchObject({ FirstName: 'Augusta', Title: null, ExternalId__c: 'A' });
  await client.run(`Id,FirstName\n${ada.slice(0, 15)},\n`, UPDATE);
  expect(contact('Ada')).toMatchObject({ FirstName: 'Augusta' });
});

test('an update is refused for rows without a usable id', async () => {
  const ada = idOf('Ada');
  const stranger = '003000000000001AAA';
  expect(
    (await failures(`Id,Title\n,x\nnothing,x\n${stranger},x\n${ada},x\n`, UPDATE)).toSorted(),
  ).toEqual([
    ' MALFORMED_ID:Contact ID: id value of incorrect type: nothing:Id --',
    ' MISSING_ARGUMENT:Id not specified in an update call:--',
    `${stranger} INVALID_CROSS_REFERENCE_KEY:invalid cross reference id:--`,
  ]);
  expect(await failures('Title\nx\n', UPDATE)).toEqual([
    ' MISSING_ARGUMENT:Id not specified in an update call:--',
  ]);
});

test('an update must not clear a required field or take a unique value', async () => {
  const [ada, bob] = [idOf('Ada'), idOf('Bob')];
  expect(await failures(`Id,LastName\n${ada},#N/A\n`, UPDATE)).toEqual([
    `${ada} REQUIRED_FIELD_MISSING:Required fields are missing: [LastName]:LastName --`,
  ]);
  expect(await failures(`Id,ExternalId__c\n${ada},B\n`, UPDATE)).toEqual([
    `${ada} DUPLICATE_VALUE:duplicate value found: ExternalId__c duplicates value on record with id: ${bob}:--`,
  ]);
  expect(await failures(`Id,ExternalId__c\n${ada},A\n`, UPDATE)).toEqual([]);
});

test('a record named twice in a chunk is not updated at all', async () => {
  const ada = idOf('Ada');
  expect(
    (await failures(`Id,Title\n${ada},x\n${ada.slice(0, 15)},y\n`, UPDATE)).toSorted(),
  ).toEqual([
    ` DUPLICATE_VALUE:Duplicate id specified: ${ada.slice(0, 15)}:Id --`,
    ` DUPLICATE_VALUE:Duplicate id specified: ${ada}:Id --`,
  ]);
  expect(contact('Ada')).toMatchObject({ Title: 'Countess' });
});

test('an upsert updates existing records and inserts others', async () => {
  const ada = idOf('Ada');
  const info = await client.run(
    'ExternalId__c,LastName,Title\na,Ada,Queen\nC,Cyd,Chemist\n',
    UPSERT,
  );
  expect(info).toMatchObject({ externalIdFieldName: 'ExternalId__c', numberRecordsFailed: 0 });
  expect(Object.keys(info).slice(6, 9)).toEqual([
    'state',
    'externalIdFieldName',
    'concurrencyMode',
  ]);
  const lines = (await client.results(String(info['id']), 'successfulResults')).split('\n');
  expect(lines.slice(1).toSorted()).toEqual(
    [
      '',
      `"${ada}","false","a","Ada","Queen"`,
      `"${idOf('Cyd')}","true","C","Cyd","Chemist"`,
    ].toSorted(),
  );
  expect(emulator.records('Contact')).toHaveLength(3);
  expect(contact('Ada')).toMatchObject({ Title: 'Queen', ExternalId__c: 'a' });
});

test('an upsert of an existing record needs no required field', async () => {
  expect(await failures('ExternalId__c,Title\nA,Queen\nC,Chemist\n', UPSERT)).toEqual([
    ' REQUIRED_FIELD_MISSING:Required fields are missing: [LastName]:LastName --',
  ]);
  expect(contact('Ada')).toMatchObject({ Title: 'Queen' });
});

test('an upsert without a key fails by row', async () => {
  expect(await failures('ExternalId__c,LastName\n,X\n', UPSERT)).toEqual([
    ' MISSING_ARGUMENT:ExternalId__c not specified:--',
  ]);
  expect(await failures('LastName\nX\n', UPSERT)).toEqual([
    ' MISSING_ARGUMENT:ExternalId__c not specified:--',
  ]);
});

test('one key twice in a chunk fails both rows, in different chunks the later wins', async () => {
  expect(await failures('ExternalId__c,LastName\nC,One\nc,Two\nD,Dan\n', UPSERT)).toEqual(
    expect.arrayContaining([
      ' DUPLICATE_VALUE:Duplicate external id specified: C:ExternalId__c --',
      ' DUPLICATE_VALUE:Duplicate external id specified: c:ExternalId__c --',
    ]),
  );
  const rows = Array.from({ length: 200 }, (_, row) => `K${row},Name ${row}`);
  const info = await client.run(`ExternalId__c,LastName\n${rows.join('\n')}\nK7,Later\n`, UPSERT);
  expect(info).toMatchObject({ numberRecordsProcessed: 201, numberRecordsFailed: 0 });
  expect(contact('Later')).toMatchObject({ ExternalId__c: 'K7' });
  expect(contact('Name 7')).toBeUndefined();
});

test('an upsert by a key that several records have is refused', async () => {
  await client.run('LastName,Email\nOne,x@example.com\nTwo,x@example.com\n');
  expect(
    await failures('Email,Title\nx@example.com,t\n', {
      operation: 'upsert',
      externalIdFieldName: 'Email',
    }),
  ).toEqual([
    ` DUPLICATE_EXTERNAL_ID:Email: more than one record found for external id field: [${idOf('One')}, ${idOf('Two')}]:Email --`,
  ]);
});

test('an upsert by Id updates rows that have one and inserts those that have none', async () => {
  const ada = idOf('Ada');
  const job = { operation: 'upsert', externalIdFieldName: 'Id' };
  expect(await failures(`Id,LastName\n${ada},Lovelace\n,New\n`, job)).toEqual([]);
  expect([contact('Ada'), contact('Lovelace')?.['Id'], contact('New')?.['Title']]).toEqual([
    undefined,
    ada,
    undefined,
  ]);
});

test.each([
  [
    { operation: 'upsert' },
    'InvalidJob : External ID was blank for Contact. An External ID must be specified for upsert.',
  ],
  [
    { operation: 'upsert', externalIdFieldName: 'Title' },
    'InvalidJob : Field name provided, Title does not match an External ID for Contact',
  ],
  [
    { operation: 'upsert', externalIdFieldName: 'No__c' },
    'InvalidJob : Field name provided, No__c does not match an External ID for Contact',
  ],
])('the upsert %j is refused at creation', async (job, message) => {
  const { status, text } = await client.json('POST', JOBS, { object: 'Contact', ...job });
  expect([status, text]).toEqual([400, JSON.stringify([{ errorCode: 'INVALIDJOB', message }])]);
});

test('a deleted record is gone and cannot be changed', async () => {
  const ada = idOf('Ada');
  const info = await client.run(`Id\n${ada}\n`, { operation: 'delete' });
  expect(await client.results(String(info['id']), 'successfulResults')).toBe(
    `"sf__Id","sf__Created",Id\n"${ada}","false","${ada}"\n`,
  );
  expect(contact('Ada')).toBeUndefined();
  const deleted = [`${ada} ENTITY_IS_DELETED:entity is deleted:--`];
  expect(await failures(`Id\n${ada}\n`, { operation: 'delete' })).toEqual(deleted);
  expect(await failures(`Id,Title\n${ada},x\n`, UPDATE)).toEqual(deleted);
});

test('the unique value of a deleted record is free again', async () => {
  await client.run(`Id\n${idOf('Ada')}\n`, { operation: 'delete' });
  expect(await failures('ExternalId__c,LastName\nA,Ann\n', UPSERT)).toEqual([]);
  expect(contact('Ann')).toMatchObject({ ExternalId__c: 'A' });
});

test('a permanently deleted record is unknown', async () => {
  const ada = idOf('Ada');
  await client.run(`Id\n${ada}\n`, { operation: 'delete' });
  expect(await failures(`Id\n${ada}\n`, { operation: 'hardDelete' })).toEqual([]);
  expect(await failures(`Id\n${ada}\n`, { operation: 'hardDelete' })).toEqual([
    `${ada} INVALID_CROSS_REFERENCE_KEY:invalid cross reference id:--`,
  ]);
});

test('a delete with other columns fails as a whole', async () => {
  expect(
    await client.run(`Id,LastName\n${idOf('Ada')},Ada\n`, { operation: 'delete' }),
  ).toMatchObject({
    state: 'Failed',
    errorMessage: 'InvalidBatch : Delete batches must contain only ids',
  });
});

test('hard deletion can be denied', async () => {
  const strict = await startEmulator({ choices: { 'hard-delete-permission': 'missing' } });
  const other = await connect(strict);
  const { status, text } = await other.json('POST', JOBS, {
    object: 'Contact',
    operation: 'hardDelete',
  });
  await strict.close();
  expect([status, JSON.parse(text)[0].errorCode]).toEqual([400, 'FEATURENOTENABLED']);
});

test('an assignment rule is for cases and leads only', async () => {
  const rule = { operation: 'insert', assignmentRuleId: '01Q000000000001EAA' };
  const lead = await client.run('LastName,Company\nAda,Acme\n', { object: 'Lead', ...rule });
  expect(lead).toMatchObject({ assignmentRuleId: '01Q000000000001EAA' });
  const { text } = await client.json('POST', JOBS, { object: 'Contact', ...rule });
  expect(JSON.parse(text)).toMatchObject([{ errorCode: 'INVALIDJOB' }]);
});

test('a lookup with several targets is filled by type, relationship and key', async () => {
  await client.run('Name,ExternalId__c\nAcme,ACME\n', { object: 'Account' });
  const readings = { object: 'Sensor_Reading__c' };
  expect(
    await failures(
      'Device__c,MeasuredAt__c,Account__r.ExternalId__c,OwnerId\nd1,2026-01-02T03:04:05Z,ACME,00G000000000001EAA\n',
      readings,
    ),
  ).toEqual([]);
  expect(emulator.records('Sensor_Reading__c')).toMatchObject([
    { Account__c: emulator.records('Account')[0]?.['Id'], Device__c: 'd1' },
  ]);
  const noType = await client.run('Device__c,MeasuredAt__c,Owner.Email\nd,x,y\n', readings);
  expect(noType['errorMessage']).toContain('Field name not found : Owner.Email');
});

test('a default value fills a field that an insert does not have', async () => {
  await client.run('Subject\nHelp\n', { object: 'Case' });
  expect(emulator.records('Case')).toMatchObject([{ Status: 'New', Priority: 'Medium' }]);
});
