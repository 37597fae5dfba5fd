import fc from 'fast-check';
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

test('the records of further pages are those of the query, each once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 900 }), fc.integer({ min: 200, max: 400 }), pages),
    { numRuns: 10 },
  );
});

async function pages(rows: number, batchSize: number): Promise<void> {
  const emulator = await useEmulator();
  const client = await connect(emulator);
  for (let row = 0; row < rows; row += 1) emulator.seed('Contact', { LastName: 'Ada' });
  const seen: string[] = [];
  let next: string | undefined = `${API}/query?q=SELECT+Id+FROM+Contact`;
  while (next !== undefined) {
    const headers = { 'sforce-query-options': `batchSize=${batchSize}` };
    const { text } = await client.call('GET', next, { headers });
    const page = JSON.parse(text);
    expect([page.totalSize, page.done]).toEqual([rows, page.nextRecordsUrl === undefined]);
    seen.push(...page.records.map(({ Id }: { Id: string }) => Id));
    next = page.nextRecordsUrl;
  }
  expect(seen.toSorted()).toEqual(
    emulator
      .records('Contact')
      .map(({ Id }) => Id)
      .toSorted(),
  );
}

test('further pages can be read for two days', async () => {
  let time = Date.UTC(2026, 0, 1);
  const emulator = await useEmulator({ now: () => time, tokenLifetimeMs: 1e10 });
  const client = await connect(emulator);
  for (let row = 0; row < 201; row += 1) emulator.seed('Contact', { LastName: 'Ada' });
  const headers = { 'sforce-query-options': 'batchSize=1' };
  const path = `${API}/query?q=SELECT+Id+FROM+Contact`;
  const { nextRecordsUrl } = JSON.parse((await client.call('GET', path, { headers })).text);
  time += 2 * 24 * 60 * 60 * 1000 - 1;
  expect((await client.call('GET', nextRecordsUrl)).status).toBe(200);
  time += 1;
  expect((await client.call('GET', nextRecordsUrl)).text).toContain('INVALID_QUERY_LOCATOR');
});

test('fields of a parent are in an object of their own, or null', async () => {
  const account = emulator.seed('Account', { Name: 'Acme' });
  seed({ AccountId: account });
  seed({});
  const rows = await find('SELECT Account.Name, LastName, Account.Owner.LastName FROM Contact');
  const user = emulator.records('User')[0];
  expect(rows).toEqual([
    {
      Account: {
        attributes: { type: 'Account', url: `${API}/sobjects/Account/${account}` },
        Name: 'Acme',
        Owner: {
          attributes: { type: 'User', url: `${API}/sobjects/User/${user?.['Id']}` },
          LastName: user?.['LastName'],
        },
      },
      LastName: 'Ada',
    },
    { Account: null, LastName: 'Ada' },
  ]);
});

test('ORDER BY sorts, with empty values first unless told otherwise', async () => {
  seed({ LastName: 'b', Visits__c: 10 });
  seed({ LastName: 'A', Visits__c: 9 });
  seed({ LastName: 'C' });
  const order = async (clause: string) =>
    (await find(`SELECT LastName FROM Contact ORDER BY ${clause}`))
      .map((row) => row['LastName'])
      .join('');
  expect(await order('LastName')).toBe('AbC');
  expect(await order('LastName DESC')).toBe('CbA');
  expect(await order('Visits__c')).toBe('CAb');
  expect(await order('Visits__c DESC')).toBe('CbA');
  expect(await order('Visits__c ASC NULLS LAST')).toBe('AbC');
  expect(await order('Active__c, LastName DESC LIMIT 2 OFFSET 1')).toBe('bA');
});

test('picklist values are sorted in the order of the picklist', async () => {
  for (const Status of ['Closed', 'New', 'Working']) emulator.seed('Case', { Status });
  const rows = await find('SELECT Status FROM Case ORDER BY Status');
  expect(rows.map((row) => row['Status'])).toEqual(['New', 'Working', 'Closed']);
});

test('without ORDER BY the order is any, the same for one seed', async () => {
  const order = async () => {
    const emulator = await useEmulator({ seed: 7 });
    for (let row = 0; row < 20; row += 1) emulator.seed('Contact', { LastName: `Row ${row}` });
    const client = await connect(emulator);
    const { text } = await client.call('GET', `${API}/query?q=SELECT+LastName+FROM+Contact`);
    return JSON.parse(text).records.map((row: { LastName: string }) => row.LastName);
  };
  const [first, second] = [await order(), await order()];
  expect(second).toEqual(first);
  expect(first).not.toEqual(Array.from({ length: 20 }, (_, row) => `Row ${row}`));
});

test('COUNT() counts, and FIELDS() selects the fields of a kind', async () => {
  seed({ Score__c: 1 });
  seed({});
  const count = await get('SELECT COUNT() FROM Contact WHERE Score__c = 1');
  expect(count.text).toBe('{"totalSize":1,"done":true,"records":[]}');
  const [custom] = await find('SELECT Id, FIELDS(CUSTOM) FROM Contact LIMIT 1');
  expect(custom).toMatchObject({ Score__c: 1, Active__c: false });
  expect(custom).not.toHaveProperty('LastName');
  const [standard] = await find('SELECT FIELDS(STANDARD) FROM Contact');
  expect(standard).toHaveProperty('LastName');
  expect(standard).not.toHaveProperty('Score__c');
});

test('queryAll finds deleted records too, unless they are gone', async () => {
  const [kept, binned] = [seed({ LastName: 'Kept' }), seed({ LastName: 'Binned' })];
  const gone = seed({ LastName: 'Gone' });
  await client.run(`Id\n${binned}\n`, { operation: 'delete' });
  await client.run(`Id\n${gone}\n`, { operation: 'hardDelete' });
  expect(await find('SELECT Id FROM Contact')).toEqual([{ Id: kept }]);
  expect(await find('SELECT Id, IsDeleted FROM Contact', 'queryAll')).toEqual([
    { Id: kept, IsDeleted: false },
    { Id: binned, IsDeleted: true },
  ]);
});

test('a query is a call: it counts, needs a session, and has its own faults', async () => {
  const { headers } = await get('SELECT Id FROM Contact');
  expect(headers.get('sforce-limit-info')).toBe('api-usage=1/100000');
  expect(emulator.requests().map(({ call }) => call)).toEqual(['query']);
  emulator.fault({ call: 'query', action: { kind: 'status', status: 503 } });
  expect((await client.call('GET', `${API}/limits`)).status).toBe(200);
  expect((await get('SELECT Id FROM Contact')).status).toBe(503);
  expect((await fetch(`${emulator.url}${API}/query?q=SELECT+Id+FROM+Contact`)).status).toBe(401);
  const resources = JSON.parse((await client.call('GET', API)).text);
  expect(resources).toMatchObject({ query: `${API}/query`, queryAll: `${API}/queryAll` });
});
