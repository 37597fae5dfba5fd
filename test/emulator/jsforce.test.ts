import { Connection } from 'jsforce';
import { type Emulator, startEmulator } from 'salesforce-bulk-emulator';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

let emulator: Emulator;
let connection: Connection;

beforeAll(async () => {
  emulator = await startEmulator();
});
beforeEach(async () => {
  emulator.reset();
  connection = new Connection({
    loginUrl: emulator.url,
    version: '65.0',
    oauth2: { loginUrl: emulator.url, clientId: 'local-client', clientSecret: 'local-secret' },
  });
  await connection.authorize({ grant_type: 'client_credentials' });
});
afterAll(() => emulator.close());

test('jsforce inserts and reads failed rows', async () => {
  const results = await connection.bulk2.loadAndWaitForResults({
    object: 'Contact',
    operation: 'insert',
    pollInterval: 5,
    input: [
      { LastName: 'Ada', Email: 'ada@example.com', Birthdate: '1815-12-10' },
      { LastName: 'Bob, "B."', Email: 'bob@example.com', Birthdate: '10/12/1815' },
    ],
  });
  const stored = emulator.records('Contact');
  expect(stored).toMatchObject([{ LastName: 'Ada', Birthdate: '1815-12-10' }]);
  expect(results.successfulResults).toEqual([
    {
      sf__Id: stored[0]?.['Id'],
      sf__Created: 'true',
      LastName: 'Ada',
      Email: 'ada@example.com',
      Birthdate: '1815-12-10',
    },
  ]);
  expect(results.failedResults).toEqual([
    {
      sf__Id: '',
      sf__Error:
        "INVALID_FIELD:Failed to deserialize field at col 2. Due to, '10/12/1815' is not a valid value for the type xsd:date:Birthdate --",
      LastName: 'Bob, "B."',
      Email: 'bob@example.com',
      Birthdate: '10/12/1815',
    },
  ]);
  expect(results.unprocessedRecords).toEqual([]);
});

test('jsforce upserts by an external id, and learns which rows are new', async () => {
  const ada = emulator.seed('Contact', { LastName: 'Ada', ExternalId__c: 'A', Title: 'Countess' });
  const results = await connection.bulk2.loadAndWaitForResults({
    object: 'Contact',
    operation: 'upsert',
    externalIdFieldName: 'ExternalId__c',
    pollInterval: 5,
    input: [
      { ExternalId__c: 'A', LastName: 'Lovelace', Title: null },
      { ExternalId__c: 'B', LastName: 'Bob' },
      { ExternalId__c: '', LastName: 'Nobody' },
    ],
  });
  expect(results.successfulResults).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ LastName: 'Bob', sf__Created: 'true' }),
      expect.objectContaining({ LastName: 'Lovelace', sf__Created: 'false', sf__Id: ada }),
    ]),
  );
  expect(results.failedResults).toMatchObject([
    { sf__Error: 'MISSING_ARGUMENT:ExternalId__c not specified:--', LastName: 'Nobody' },
  ]);
  // jsforce writes null as #N/A.
  expect(emulator.records('Contact')[0]).toMatchObject({
    Id: ada,
    LastName: 'Lovelace',
    Title: null,
  });
});

test('jsforce deletes, and reads which records were already deleted', async () => {
  const [ada, bob] = ['Ada', 'Bob'].map((name) => ({
    Id: emulator.seed('Contact', { LastName: name }),
  })) as [{ Id: string }, { Id: string }];
  const remove = (input: { Id: string }[]) =>
    connection.bulk2.loadAndWaitForResults({
      object: 'Contact',
      operation: 'delete',
      pollInterval: 5,
      input,
    });
  await remove([ada]);
  const results = await remove([ada, bob]);
  expect(results.successfulResults).toMatchObject([{ sf__Id: bob.Id, sf__Created: 'false' }]);
  expect(results.failedResults).toMatchObject([
    { sf__Id: ada.Id, sf__Error: 'ENTITY_IS_DELETED:entity is deleted:--' },
  ]);
  expect(emulator.records('Contact')).toEqual([]);
});

test('jsforce reports a job that failed as a whole with its message', async () => {
  const load = connection.bulk2.loadAndWaitForResults({
    object: 'Contact',
    operation: 'insert',
    pollInterval: 5,
    input: 'LastName,Colour\nAda,red\n',
  });
  await expect(load).rejects.toThrow('Field name not found : Colour');
});

test('jsforce reports a refused job with its error code', async () => {
  const job = connection.bulk2.createJob({ object: 'Nothing', operation: 'insert' });
  await expect(job.open()).rejects.toThrow('InvalidJob : Unable to find object: Nothing');
});

test('jsforce aborts and deletes jobs', async () => {
  const job = connection.bulk2.createJob({ object: 'Contact', operation: 'insert' });
  await job.open();
  await job.abort();
  expect((await job.check()).state).toBe('Aborted');
  await job.delete();
  expect(emulator.jobs()).toEqual([]);
});

test('jsforce describes objects, reads limits and its identity', async () => {
  const description = await connection.describe('Contact');
  expect(description.fields.find(({ name }) => name === 'LastName')?.nillable).toBe(false);
  expect((await connection.limits())['DailyApiRequests']?.Max).toBe(100_000);
  expect(connection.limitInfo.apiUsage).toMatchObject({ limit: 100_000 });
  expect((await connection.identity()).organization_id).toMatch(/^00D/);
  expect((await connection.describeGlobal()).sobjects.map(({ name }) => name)).toContain('Account');
});

test('jsforce rejects a refused login', async () => {
  const stranger = new Connection({
    loginUrl: emulator.url,
    oauth2: { loginUrl: emulator.url, clientId: 'local-client', clientSecret: 'wrong' },
  });
  await expect(stranger.authorize({ grant_type: 'client_credentials' })).rejects.toThrow(
    'invalid client credentials',
  );
});

test('jsforce queries, with conditions of its own making', async () => {
  const account = emulator.seed('Account', { Name: "Bob's" });
  emulator.seed('Contact', { LastName: 'Ada', AccountId: account, Birthdate: '1815-12-10' });
  emulator.seed('Contact', { LastName: 'Bob' });
  const result = await connection.query<{ LastName: string; Account: { Name: string } }>(
    "SELECT LastName, Account.Name FROM Contact WHERE Account.Name = 'Bob\\'s'",
  );
  expect(result).toMatchObject({
    totalSize: 1,
    done: true,
    records: [{ LastName: 'Ada', Account: { Name: "Bob's" } }],
  });
  const rows = await connection
    .sobject('Contact')
    .find({ LastName: { $in: ['Ada', 'Bob'] }, Birthdate: null }, 'Id, LastName')
    .sort('LastName');
  expect(rows).toMatchObject([{ LastName: 'Bob' }]);
  await expect(connection.query('SELECT Nothing FROM Contact')).rejects.toMatchObject({
    errorCode: 'INVALID_FIELD',
  });
});

test('jsforce fetches further pages, by itself and by queryMore', async () => {
  for (let row = 0; row < 2_100; row += 1) emulator.seed('Contact', { LastName: `Row ${row}` });
  const soql = 'SELECT Id FROM Contact';
  const all = await connection.query(soql, { autoFetch: true, maxFetch: 5_000 });
  expect(new Set(all.records.map((record) => record['Id'])).size).toBe(2_100);
  const first = await connection.query(soql);
  const second = await connection.queryMore(first.nextRecordsUrl ?? '');
  const seen = [...first.records, ...second.records].map((record) => record['Id']);
  expect([seen.length, new Set(seen).size]).toEqual([2_100, 2_100]);
});
