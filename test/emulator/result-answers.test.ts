import { type Choices, type Emulator, startEmulator } from 'salesforce-bulk-emulator';
import { afterEach, expect, test } from 'vitest';
import { type Client, connect, JOBS } from './client.ts';

let emulator: Emulator;

afterEach(() => emulator.close());

async function start(choices: Partial<Choices>): Promise<Client> {
  emulator = await startEmulator({ choices });
  return connect(emulator);
}

/** The rows of a results file, without its header. */
async function rows(client: Client, id: unknown, kind: string): Promise<string[]> {
  const file = await client.results(String(id), kind);
  return file.trimEnd().split('\n').slice(1);
}

const KINDS = ['successfulResults', 'failedResults', 'unprocessedrecords'];

test.each([
  ['header-line', [200, 200, 200], [/^"sf__Id"/, /^"sf__Id"/, /^LastName\n$/]],
  ['no-content', [200, 204, 204], [/^"sf__Id"/, /^$/, /^$/]],
  ['empty-body', [200, 200, 200], [/^"sf__Id"/, /^$/, /^$/]],
] as const)('empty-results=%s: a file without rows', async (option, statuses, bodies) => {
  const client = await start({ 'empty-results': option });
  const { id } = await client.run('LastName\nAda\n');
  const replies = await Promise.all(
    KINDS.map((kind) => client.call('GET', `${JOBS}/${id}/${kind}`)),
  );
  expect(replies.map(({ status }) => status)).toEqual(statuses);
  expect(replies.map(({ text }) => text)).toEqual(
    bodies.map((body) => expect.stringMatching(body)),
  );
});

test('failed-job-counters=zero: a failed job counts none of its written rows', async () => {
  const client = await start({ 'failed-job-counters': 'zero' });
  emulator.fault({ job: 'fail', afterRows: 2 });
  const info = await client.run('LastName\nA\nB\nC\n');
  expect(info).toMatchObject({
    state: 'Failed',
    numberRecordsProcessed: 0,
    numberRecordsFailed: 0,
  });
  expect(emulator.jobs()).toMatchObject([{ numberRecordsProcessed: 0 }]);
  expect(await rows(client, info['id'], 'successfulResults')).toHaveLength(2);
  expect(emulator.records('Contact')).toHaveLength(2);
  emulator.fault({ job: 'abort', afterRows: 2 });
  expect(await client.run('LastName\nA\nB\nC\n')).toMatchObject({ numberRecordsProcessed: 2 });
});

test('other-case-columns=blank: failed rows lack the values of columns in another case', async () => {
  const client = await start({ 'other-case-columns': 'blank' });
  const csv = 'lastname,Title,BIRTHDATE\nAda,Countess,bad\nBob,Builder,1990-02-28\n';
  const { id } = await client.run(csv);
  const [failed = ''] = await rows(client, id, 'failedResults');
  expect(failed).toMatch(/ --","","Countess",""$/);
  const [saved = ''] = await rows(client, id, 'successfulResults');
  expect(saved).toMatch(/"true","Bob","Builder","1990-02-28"$/);
});

test.each([
  ['as-sent', '2024-01-02T05:04:05+02:00', '9:30'],
  ['utc', '2024-01-02T03:04:05.000Z', '9:30'],
] as const)('datetime-echo=%s: dateTime values are returned', async (option, expected, bad) => {
  const client = await start({ 'datetime-echo': option });
  const csv = `LastName,LastSeen__c,PreferredTime__c,Birthdate\nAda,2024-01-02T05:04:05+02:00,${bad},1815-12-10\n`;
  const { id } = await client.run(csv);
  const [failed = ''] = await rows(client, id, 'failedResults');
  expect(failed).toContain(`"Ada","${expected}","${bad}","1815-12-10"`);
});

test.each([
  ['as-sent', '"  Ada ","  x "'],
  ['trimmed', '"Ada","x"'],
] as const)('text-echo=%s: spaces around texts are returned', async (option, expected) => {
  const client = await start({ 'text-echo': option });
  const { id } = await client.run('LastName,Description\n  Ada ,  x \n');
  const [saved] = await rows(client, id, 'successfulResults');
  expect(saved).toMatch(new RegExp(`${expected}$`));
});

test.each([
  ['as-sent', 15],
  ['18-characters', 18],
] as const)('id-echo=%s: ids of 15 characters are returned', async (option, length) => {
  const client = await start({ 'id-echo': option });
  const account = emulator.seed('Account', { Name: 'Acme' });
  const id = emulator.seed('Contact', { LastName: 'Ada' });
  const short = `${id.slice(0, 15)},${account.slice(0, 15)},${id.slice(0, 15)}`;
  const csv = `Id,AccountId,ReportsTo.Id\n${short}\n`;
  const info = await client.run(csv, { operation: 'update' });
  const [saved = ''] = await rows(client, info['id'], 'successfulResults');
  const cells = saved.replaceAll('"', '').split(',').slice(2);
  expect(cells).toEqual([id, account, id].map((text) => text.slice(0, length)));
});
