import { type Choices, type Emulator, startEmulator } from 'salesforce-bulk-emulator';
import { afterEach, expect, test } from 'vitest';
import { type Client, connect, JOBS, login } from './client.ts';

let emulator: Emulator;

afterEach(() => emulator.close());

async function start(choices: Partial<Choices>): Promise<Client> {
  emulator = await startEmulator({ choices });
  return connect(emulator);
}

async function openJob(client: Client): Promise<string> {
  const { text } = await client.json('POST', JOBS, { object: 'Contact', operation: 'insert' });
  return JSON.parse(text).id;
}

const put = (client: Client, id: string, headers: Record<string, string> = {}) =>
  client.call('PUT', `${JOBS}/${id}/batches`, {
    headers: { 'content-type': 'text/csv', ...headers },
    body: 'LastName\nAda\n',
  });

test('second-upload=close: the second PUT succeeds, the close fails', async () => {
  const client = await start({ 'second-upload': 'close' });
  const id = await openJob(client);
  expect([(await put(client, id)).status, (await put(client, id)).status]).toEqual([201, 201]);
  const { status, text } = await client.json('PATCH', `${JOBS}/${id}`, { state: 'UploadComplete' });
  expect([status, text]).toEqual([400, expect.stringContaining('Found multipe contents')]);
});

test('close-without-upload=fail-job: the job is closed and fails', async () => {
  const client = await start({ 'close-without-upload': 'fail-job' });
  const id = await openJob(client);
  const { status } = await client.json('PATCH', `${JOBS}/${id}`, { state: 'UploadComplete' });
  expect(status).toBe(200);
  expect(await client.ended(id)).toMatchObject({
    state: 'Failed',
    errorMessage: 'InvalidBatch : Records not found',
  });
});

test('early-results=so-far: results can be read while the job runs', async () => {
  const client = await start({ 'early-results': 'so-far' });
  const id = await openJob(client);
  await put(client, id);
  expect(await client.results(id, 'unprocessedrecords')).toBe('LastName\nAda');
});

test('repeated-login=same-token: a valid token is returned again, an expired one is not', async () => {
  const client = await start({ 'repeated-login': 'same-token' });
  expect(await login(emulator.url)).toBe(client.token);
  emulator.expireTokens();
  expect(await login(emulator.url)).not.toBe(client.token);
});

test('multipart-framing=crlf: bare LF is refused', async () => {
  const client = await start({ 'multipart-framing': 'crlf' });
  const parts = [
    '--B',
    'Content-Disposition: form-data; name="job"',
    '',
    '{"object":"Contact","operation":"insert"}',
    '--B',
    'Content-Disposition: form-data; name="content"',
    '',
    'LastName\nAda',
    '--B--',
  ];
  const post = (body: string) =>
    client.call('POST', JOBS, {
      headers: { 'content-type': 'multipart/form-data; boundary=B' },
      body,
    });
  expect((await post(parts.join('\n'))).status).toBe(400);
  expect((await post(parts.join('\r\n'))).status).toBe(200);
});

test('number-echo=as-sent and results-order=as-uploaded: rows are returned as sent', async () => {
  const client = await start({ 'number-echo': 'as-sent', 'results-order': 'as-uploaded' });
  const rows = Array.from({ length: 20 }, (_, row) => `N${row},${row}`);
  const { id } = await client.run(`LastName,Score__c\n${rows.join('\n')}\n`);
  const file = await client.results(String(id), 'successfulResults');
  const back = file.split('\n').slice(1, -1);
  expect(back.map((line) => line.replaceAll('"', '').split(',').slice(2).join(','))).toEqual(rows);
});

test('unprocessed-end=with and results-delimiter=comma-and-lf', async () => {
  const client = await start({ 'unprocessed-end': 'with', 'results-delimiter': 'comma-and-lf' });
  emulator.fault({ job: 'fail', afterRows: 0 });
  const { id } = await client.run('LastName;Title\nAda;Countess', { columnDelimiter: 'SEMICOLON' });
  expect(await client.results(String(id), 'unprocessedrecords')).toBe(
    'LastName;Title\nAda;Countess\n',
  );
  expect(await client.results(String(id), 'failedResults')).toBe(
    '"sf__Id","sf__Error",LastName;Title\n',
  );
});

test('chunk-order=shuffled: chunks are stored in another order than uploaded', async () => {
  const client = await start({ 'chunk-order': 'shuffled' });
  const names = Array.from({ length: 2_000 }, (_, row) => `N${row}`);
  await client.run(`LastName\n${names.join('\n')}\n`);
  const stored = emulator.records('Contact').map(({ LastName }) => LastName);
  expect(stored).not.toEqual(names);
  expect(stored.toSorted()).toEqual(names.toSorted());
});

test('unknown-parents=refused: an id of an unknown object is an error', async () => {
  const client = await start({ 'unknown-parents': 'refused' });
  const csv = 'LastName,Company,OwnerId\nAda,Acme,00G000000000001EAA\n';
  expect(await client.run(csv, { object: 'Lead' })).toMatchObject({ numberRecordsFailed: 1 });
});

test('null-checkbox=false: null clears a checkbox', async () => {
  const client = await start({ 'null-checkbox': 'false' });
  const id = emulator.seed('Contact', { LastName: 'Ada', Active__c: true });
  await client.run(`Id,Active__c\n${id},#N/A\n`, { operation: 'update' });
  expect(emulator.records('Contact')).toMatchObject([{ Active__c: false }]);
});

test('null-relationship=clear: null in a relationship column clears the lookup', async () => {
  const client = await start({ 'null-relationship': 'clear' });
  const account = emulator.seed('Account', { Name: 'Acme' });
  const id = emulator.seed('Contact', { LastName: 'Ada', AccountId: account });
  const info = await client.run(`Id,Account.ExternalId__c\n${id},#N/A\n`, { operation: 'update' });
  expect(info).toMatchObject({ numberRecordsFailed: 0 });
  expect(emulator.records('Contact')).toMatchObject([{ AccountId: null }]);
});

test('boolean-forms=xsd: yes and TRUE are not booleans', async () => {
  const client = await start({ 'boolean-forms': 'xsd' });
  const info = await client.run('LastName,DoNotCall\nA,yes\nB,TRUE\nC,true\nD,1\n');
  expect(info).toMatchObject({ numberRecordsProcessed: 4, numberRecordsFailed: 2 });
});

test('compressed-requests=refuse: a compressed body is a 415', async () => {
  const client = await start({ 'compressed-requests': 'refuse' });
  const id = await openJob(client);
  expect((await put(client, id, { 'content-encoding': 'gzip' })).status).toBe(415);
});

test('job-property-errors: an unknown property is refused, or ignored', async () => {
  const job = { object: 'Contact', operation: 'insert', colour: 'red' };
  const strict = await start({});
  const { status, text } = await strict.json('POST', JOBS, job);
  expect([status, JSON.parse(text)[0].errorCode]).toEqual([400, 'JSON_PARSER_ERROR']);
  await emulator.close();
  const lenient = await start({ 'job-property-errors': 'ignore-unknown' });
  expect((await lenient.json('POST', JOBS, job)).status).toBe(200);
});

test('unknown-assignment-rule=refuse-job: a rule that the org does not have fails the job creation', async () => {
  const client = await start({ 'unknown-assignment-rule': 'refuse-job' });
  const job = { object: 'Lead', operation: 'insert' };
  const create = (assignmentRuleId: string) =>
    client.json('POST', JOBS, { ...job, assignmentRuleId });
  const rules = (['Case', 'Lead'] as const).map((object) =>
    emulator.assign({ object, ownerId: '00G000000000001EAA' }),
  );
  const refused = await create('01Q000000000001EAA');
  expect([refused.status, refused.text]).toEqual([400, expect.stringContaining('INVALIDJOB')]);
  expect((await create(rules[0] ?? '')).status).toBe(400);
  expect((await create(rules[1] ?? '')).status).toBe(200);
});
