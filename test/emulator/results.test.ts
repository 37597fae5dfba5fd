import { expect, test } from 'vitest';
import { useEmulator } from '../support/emulator.ts';
import { connect, JOBS } from './client.ts';

const emulator = await useEmulator({ seed: 7 });
const client = await connect(emulator);

test('successful rows have the bytes of the recording', async () => {
  const { id } = await client.run('LastName,Description,Visits__c\nAda,"a ""b""\nc",30\n');
  const record = emulator.records('Contact')[0]?.['Id'];
  const { status, text, headers } = await client.call('GET', `${JOBS}/${id}/successfulResults/`);
  expect(status).toBe(200);
  expect(text).toBe(
    `"sf__Id","sf__Created",LastName,Description,Visits__c\n"${record}","true","Ada","a ""b""\nc","30"\n`,
  );
  expect(headers.get('content-type')).toBe('text/csv');
  expect(headers.get('vary')).toBe('Accept-Encoding');
  expect(headers.get('sforce-limit-info')).toMatch(/^api-usage=\d+\/100000$/);
});

test('failed rows have the bytes of the recording', async () => {
  const { id } = await client.run('LastName,FirstName,Birthdate\nAda,,1815-12-10\nBob,B,bad\n');
  expect(await client.results(String(id), 'failedResults')).toBe(
    `"sf__Id","sf__Error",LastName,FirstName,Birthdate\n"","INVALID_FIELD:Failed to deserialize field at col 2. Due to, 'bad' is not a valid value for the type xsd:date:Birthdate --","Bob","B","bad"\n`,
  );
});

test('files without rows are their header line', async () => {
  const { id } = await client.run('LastName,Email\nAda,\n');
  expect(await client.results(String(id), 'failedResults')).toBe(
    '"sf__Id","sf__Error",LastName,Email\n',
  );
  expect(await client.results(String(id), 'unprocessedrecords')).toBe('LastName,Email\n');
});

test('rows are returned in another order than uploaded, the same each time', async () => {
  const names = Array.from({ length: 30 }, (_, row) => `N${row}`);
  const { id } = await client.run(`LastName\n${names.join('\n')}\n`);
  const file = await client.results(String(id), 'successfulResults');
  const back = file
    .split('\n')
    .slice(1, -1)
    .map((line) => line.split(',')[2]?.replaceAll('"', ''));
  expect(back).not.toEqual(names);
  expect(back.toSorted()).toEqual(names.toSorted());
  expect(await client.results(String(id), 'successfulResults')).toBe(file);
});

test('fractional numbers are returned as Java prints them, integers unchanged', async () => {
  const { id } = await client.run('LastName,Score__c,Balance__c,Visits__c\nAda,912260031,30,30\n');
  expect(await client.results(String(id), 'successfulResults')).toContain(
    '"Ada","9.12260031E8","30.0","30"\n',
  );
});

test('an aborted job separates written rows from those not attempted', async () => {
  emulator.fault({ job: 'abort', afterRows: 250 });
  const rows = Array.from({ length: 300 }, (_, row) => `N${row}`);
  const info = await client.run(`LastName\n${rows.join('\n')}\n`);
  expect(info).toMatchObject({ state: 'Aborted', numberRecordsProcessed: 250 });
  const saved = await client.results(String(info['id']), 'successfulResults');
  const unprocessed = await client.results(String(info['id']), 'unprocessedrecords');
  expect(saved.trim().split('\n')).toHaveLength(251);
  expect(unprocessed.split('\n')).toHaveLength(51);
  expect(emulator.records('Contact')).toHaveLength(250);
});

test('results are refused before the job has ended', async () => {
  const { text } = await client.json('POST', JOBS, { object: 'Contact', operation: 'insert' });
  const { id } = JSON.parse(text);
  const { status, text: refusal } = await client.call('GET', `${JOBS}/${id}/failedResults`);
  expect([status, JSON.parse(refusal)[0].errorCode]).toEqual([400, 'INVALIDJOBSTATE']);
});

test('a deleted job is gone, its records are not', async () => {
  const { id } = await client.run('LastName\nAda\n');
  const { status, text } = await client.call('DELETE', `${JOBS}/${id}`);
  expect([status, text]).toEqual([204, '']);
  expect((await client.call('GET', `${JOBS}/${id}`)).status).toBe(404);
  expect((await client.call('GET', `${JOBS}/${id}/failedResults`)).status).toBe(404);
  expect(emulator.records('Contact')).toHaveLength(1);
});

test('an open job cannot be deleted, a queued one can and then writes nothing', async () => {
  const { text } = await client.json('POST', JOBS, { object: 'Contact', operation: 'insert' });
  const open = await client.call('DELETE', `${JOBS}/${JSON.parse(text).id}`);
  expect([open.status, JSON.parse(open.text)]).toEqual([
    400,
    [
      {
        errorCode: 'API_ERROR',
        message: 'Error encountered when deleting the job because the job is not terminated',
      },
    ],
  ]);
  emulator.configure({ queueMs: 200 });
  const id = await client.load('LastName\nAda\n');
  expect((await client.call('DELETE', `${JOBS}/${id}`)).status).toBe(204);
  emulator.configure({ queueMs: 2 });
  await client.run('LastName\nBob\n');
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(emulator.records('Contact')).toMatchObject([{ LastName: 'Bob' }]);
});

test('the list shows jobs without counters, and none of another type', async () => {
  const { id } = await client.run('LastName\nAda\n');
  const list = JSON.parse((await client.call('GET', `${JOBS}?jobType=V2Ingest`)).text);
  expect(list).toMatchObject({ done: true, nextRecordsUrl: null });
  expect(Object.keys(list.records[0])).toEqual([
    'id',
    'operation',
    'object',
    'createdById',
    'createdDate',
    'systemModstamp',
    'state',
    'concurrencyMode',
    'contentType',
    'apiVersion',
    'jobType',
    'lineEnding',
    'columnDelimiter',
  ]);
  expect(list.records).toMatchObject([{ id, state: 'JobComplete' }]);
  const classic = await client.call('GET', `${JOBS}?jobType=Classic`);
  expect(JSON.parse(classic.text).records).toEqual([]);
  expect((await client.call('GET', `${JOBS}?jobType=Old`)).status).toBe(400);
});

test('the list has pages of 1,000', async () => {
  for (let hundred = 0; hundred < 10; hundred += 1) {
    const creations = Array.from({ length: 101 }, () =>
      client.json('POST', JOBS, { object: 'Contact', operation: 'insert' }),
    );
    await Promise.all(creations);
  }
  const first = JSON.parse((await client.call('GET', JOBS)).text);
  expect([first.done, first.records.length]).toEqual([false, 1000]);
  const second = JSON.parse((await client.call('GET', first.nextRecordsUrl)).text);
  expect([second.done, second.records.length]).toEqual([true, 10]);
});
