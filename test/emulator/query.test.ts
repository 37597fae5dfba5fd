import { beforeEach, expect, test } from 'vitest';
import { useEmulator } from '../support/emulator.ts';
import { API, connect } from './client.ts';

const emulator = await useEmulator({ choices: { 'query-order': 'oldest-first' } });
const client = await connect(emulator);

beforeEach(() => emulator.reset());

const get = (soql: string, resource = 'query', headers: Record<string, string> = {}) =>
  client.call('GET', `${API}/${resource}?${new URLSearchParams({ q: soql })}`, { headers });

/** The records of a query, without `attributes`. */
async function find(soql: string, resource = 'query'): Promise<Record<string, unknown>[]> {
  const { status, text } = await get(soql, resource);
  if (status !== 200) throw new Error(text);
  const { records } = JSON.parse(text) as { records: Record<string, unknown>[] };
  return records.map(({ attributes: _, ...fields }) => fields);
}

const names = async (where: string) =>
  (await find(`SELECT LastName FROM Contact WHERE ${where}`)).map((row) => row['LastName']);

const seed = (values: Record<string, string | number | boolean>) =>
  emulator.seed('Contact', { LastName: 'Ada', ...values });

test('the reply has the fields in the order of the query, after type and address', async () => {
  const id = seed({ Email: 'ada@example.com' });
  const { text } = await get('SELECT Email, LastName, Id, Title FROM Contact');
  expect(text).toBe(
    `{"totalSize":1,"done":true,"records":[{"attributes":{"type":"Contact","url":"${API}/sobjects/Contact/${id}"},"Email":"ada@example.com","LastName":"Ada","Id":"${id}","Title":null}]}`,
  );
  const slash = await client.call('GET', `${API}/query/?q=SELECT+Id+from+CONTACT`);
  expect(JSON.parse(slash.text).records).toMatchObject([{ Id: id }]);
});

test('values have the JSON type of their field, as in a single record', async () => {
  await client.run(
    'LastName,Score__c,Visits__c,Active__c,Birthdate,LastSeen__c,PreferredTime__c\n' +
      'Ada,1.5,3,true,1815-12-10,2024-01-02T03:04:05Z,08:30:00Z\n',
  );
  const fields =
    'Score__c,Visits__c,Active__c,Birthdate,LastSeen__c,PreferredTime__c,IsEmailBounced';
  const [row] = await find(`SELECT ${fields} FROM Contact`);
  expect(row).toEqual({
    Score__c: 1.5,
    Visits__c: 3,
    Active__c: true,
    Birthdate: '1815-12-10',
    LastSeen__c: '2024-01-02T03:04:05.000+0000',
    PreferredTime__c: '08:30:00.000Z',
    IsEmailBounced: false,
  });
  const id = emulator.records('Contact')[0]?.['Id'];
  const single = await client.call('GET', `${API}/sobjects/Contact/${id}?fields=${fields}`);
  expect(JSON.parse(single.text)).toMatchObject(row ?? {});
});

test('IN finds the records with one of the values, NOT IN the others', async () => {
  for (const key of ['A', 'B', 'C']) seed({ LastName: key, ExternalId__c: `key-${key}` });
  seed({ LastName: 'D' });
  expect(await names("ExternalId__c IN ('key-a', 'key-C', 'other')")).toEqual(['A', 'C']);
  expect(await names("ExternalId__c NOT IN ('key-a', 'key-C')")).toEqual(['B', 'D']);
  expect(await names("ExternalId__c IN (null, 'key-b')")).toEqual(['B', 'D']);
});

test('pages have 2,000 records, or as many as the header says', async () => {
  for (let row = 0; row < 2_300; row += 1) seed({ LastName: `Row ${row}` });
  const { text } = await get('SELECT LastName FROM Contact');
  const first = JSON.parse(text);
  expect(Object.keys(first)).toEqual(['totalSize', 'done', 'nextRecordsUrl', 'records']);
  expect([first.totalSize, first.done, first.records.length]).toEqual([2_300, false, 2_000]);
  expect(first.nextRecordsUrl).toMatch(
    /^\/services\/data\/v65\.0\/query\/01g[0-9A-Za-z]{15}-2000$/,
  );
  emulator.seed('Contact', { LastName: 'Later' });
  const second = JSON.parse((await client.call('GET', first.nextRecordsUrl)).text);
  expect([second.totalSize, second.done, second.records.length]).toEqual([2_300, true, 300]);
  expect(second).not.toHaveProperty('nextRecordsUrl');
  const small = await get('SELECT Id FROM Contact', 'query', {
    'sforce-query-options': 'batchSize=500',
  });
  expect(JSON.parse(small.text).records).toHaveLength(500);
  expect(JSON.parse(small.text).nextRecordsUrl).toMatch(/-500$/);
});
