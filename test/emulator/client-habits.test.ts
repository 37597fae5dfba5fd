import { expect, test } from 'vitest';
import { useEmulator } from '../support/emulator.ts';
import { API, connect, JOBS } from './client.ts';

const emulator = await useEmulator();
const client = await connect(emulator);

test.each([
  `/${API}/limits`,
  `//${API}/limits`,
  `${API}//sobjects///Contact/describe`,
  '//services/data',
  `/${API}/query/?q=SELECT+Id+FROM+Contact`,
])('the path %s is read with one slash for several', async (path) => {
  expect((await client.call('GET', path)).status).toBe(200);
});

test('several slashes in a query keep their number', async () => {
  const soql = encodeURI("SELECT Id FROM Account WHERE Website = 'http://acme.example//a'");
  emulator.seed('Account', { Name: 'Acme', Website: 'http://acme.example//a' });
  const { text } = await client.call('GET', `${API}/query?q=${soql}`);
  expect(JSON.parse(text)).toMatchObject({ totalSize: 1 });
});

test('rows that were not attempted are found under either spelling of their path', async () => {
  const { id } = await client.run('Colour\nred\n');
  for (const kind of ['unprocessedrecords', 'unprocessedRecords', 'unprocessedRecords/']) {
    expect(await client.results(String(id), kind)).toBe('Colour\nred');
  }
});

test.each(['externalIdFieldName', 'assignmentRuleId', 'lineEnding', 'columnDelimiter'])(
  'a job whose %s is null is one without it',
  async (property) => {
    const job = { object: 'Contact', operation: 'insert' };
    const [plain, withNull] = await Promise.all(
      [job, { ...job, [property]: null }].map(async (body) =>
        JSON.parse((await client.json('POST', JOBS, body)).text),
      ),
    );
    const own = { id: expect.any(String), createdDate: expect.any(String) };
    expect(withNull).toEqual({
      ...plain,
      ...own,
      systemModstamp: expect.any(String),
      contentUrl: expect.any(String),
    });
  },
);

test.each([
  [{ operation: null }, "Invalid value: '' supplied for property: 'operation'"],
  [{ object: null }, 'InvalidJob : Unable to find object: '],
])('a job with %j is refused like one without', async (properties, message) => {
  const job = { object: 'Contact', operation: 'insert', ...properties };
  const { status, text } = await client.json('POST', JOBS, job);
  expect([status, JSON.parse(text)[0].message]).toEqual([400, message]);
});

test.each(['LF', 'CRLF'] as const)('results of a job with %s have LF throughout', async (name) => {
  const end = name === 'LF' ? '\n' : '\r\n';
  const csv = ['LastName,Birthdate', 'Ada,1815-12-10', 'Bob,bad', ''].join(end);
  const { id } = await client.run(csv, { lineEnding: name });
  const failed = await client.run(`Colour${end}red${end}blue${end}`, { lineEnding: name });
  for (const kind of ['successfulResults', 'failedResults']) {
    const text = await client.results(String(id), kind);
    expect(text).toMatch(/^[^\r\n]+\n[^\r\n]+\n$/);
  }
  const unprocessed = await client.results(String(failed['id']), 'unprocessedrecords');
  expect(unprocessed).toMatch(/^Colour\n[^\r\n]+\n[^\r\n]+$/);
});

test('rows after an empty line are returned as sent, without that line', async () => {
  const { id } = await client.run('Colour\n\nred\n\n\n"a\nb"\n');
  const unprocessed = await client.results(String(id), 'unprocessedrecords');
  expect(['Colour\nred\n"a\nb"', 'Colour\n"a\nb"\nred']).toContain(unprocessed);
});

test('a query with columns=true returns its columns instead of its records', async () => {
  emulator.seed('Contact', { LastName: 'Ada' });
  const soql =
    'SELECT Id, Account.Name, Active__c, Account.Owner.Email, Visits__c FROM Contact LIMIT 1';
  const url = `${API}/query?q=${encodeURIComponent(soql)}&columns=true`;
  const reply = JSON.parse((await client.call('GET', url)).text);
  expect(reply).toMatchObject({ entityName: 'Contact', idSelected: true, keyPrefix: '003' });
  expect(reply.columnMetadata).toMatchObject([
    { columnName: 'Id', apexType: 'Id', joinColumns: [] },
    {
      columnName: 'Account',
      foreignKeyName: 'AccountId',
      joinColumns: [
        { columnName: 'Name', apexType: 'String', textType: true },
        { columnName: 'Owner', joinColumns: [{ columnName: 'Email', joinColumns: [] }] },
      ],
    },
    { columnName: 'Active__c', apexType: 'Boolean', booleanType: true, custom: true },
    { columnName: 'Visits__c', numberType: true },
  ]);
  const count = `${API}/query?q=SELECT+COUNT()+FROM+Contact&columns=true`;
  expect(JSON.parse((await client.call('GET', count)).text).columnMetadata).toEqual([]);
});
