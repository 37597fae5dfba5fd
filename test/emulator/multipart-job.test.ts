import { startEmulator } from 'salesforce-bulk-emulator';
import { expect, test } from 'vitest';
import { useEmulator } from '../support/emulator.ts';
import { connect, JOBS } from './client.ts';

const emulator = await useEmulator();
const client = await connect(emulator);

const JOB = '{"object":"Contact","contentType":"CSV","operation":"insert","lineEnding":"LF"}';

function body(content: string, lineBreak = '\r\n', job = JOB): string {
  return [
    '--BOUNDARY',
    'Content-Type: application/json',
    'Content-Disposition: form-data; name="job"',
    '',
    job,
    '',
    '--BOUNDARY',
    'Content-Type: text/csv',
    'Content-Disposition: form-data; name="content"; filename="content"',
    '',
    content,
    '--BOUNDARY--',
    '',
  ].join(lineBreak);
}

function post(data: string, contentType = 'multipart/form-data; boundary=BOUNDARY') {
  return client.call('POST', JOBS, { headers: { 'content-type': contentType }, body: data });
}

test('a multipart job is queued at once and has no content URL', async () => {
  const { status, text } = await post(body('LastName,ExternalId__c\na,1'));
  const job = JSON.parse(text);
  expect(status).toBe(200);
  expect(job).toMatchObject({ state: 'UploadComplete', object: 'Contact' });
  expect(job).not.toHaveProperty('contentUrl');
  expect(await client.ended(job.id)).toMatchObject({
    state: 'JobComplete',
    numberRecordsProcessed: 1,
  });
  expect(emulator.jobs()).toMatchObject([{ multipart: true, csv: 'LastName,ExternalId__c\na,1' }]);
});

test.each([
  ['CRLF', '\r\n'],
  ['bare LF', '\n'],
])('the parts may be framed with %s, and the data is unchanged', async (_name, lineBreak) => {
  const csv = 'LastName,Description\nAda,"two\nlines"\n\n';
  const { text } = await post(body(csv, lineBreak));
  await client.ended(JSON.parse(text).id);
  expect(emulator.jobs()[0]?.csv).toBe(csv);
  expect(emulator.records('Contact')).toMatchObject([{ Description: 'two\nlines' }]);
});

test.each([
  'multipart/form-data; boundary="BOUNDARY"',
  'multipart/form-data;boundary=BOUNDARY; charset=UTF-8',
  'Multipart/Form-Data; Boundary=BOUNDARY',
])('the content type %s is accepted', async (contentType) => {
  expect((await post(body('LastName\na'), contentType)).status).toBe(200);
});

test('fetch with FormData works', async () => {
  const form = new FormData();
  form.set('job', new Blob([JOB], { type: 'application/json' }));
  form.set('content', new Blob(['LastName\na'], { type: 'text/csv' }), 'content');
  const { status } = await client.call('POST', JOBS, { body: form });
  expect(status).toBe(200);
});

test('100,000 characters are accepted, one more is refused without a job', async () => {
  const head = 'LastName,Description\n';
  const csv = (length: number) => {
    const rows = Array.from({ length: 9 }, () => `A,${'x'.repeat(10_000)}\n`).join('');
    return `${head}${rows}`.concat('A,').padEnd(length, 'ä');
  };
  expect((await post(body(csv(100_000)))).status).toBe(200);
  const refused = await post(body(csv(100_001)));
  expect(refused.status).toBe(400);
  expect(JSON.parse(refused.text)).toMatchObject([{ errorCode: 'CLIENTINPUTERROR' }]);
  expect(emulator.jobs()).toHaveLength(1);
});

test('multipart-over-limit=accept: a larger multipart job is accepted', async () => {
  const lenient = await startEmulator({ choices: { 'multipart-over-limit': 'accept' } });
  const other = await connect(lenient);
  const { status } = await other.call('POST', JOBS, {
    headers: { 'content-type': 'multipart/form-data; boundary=BOUNDARY' },
    body: body(`LastName\n${'a\n'.repeat(100_000)}`),
  });
  await lenient.close();
  expect(status).toBe(200);
});

test('a multipart job cannot get an upload', async () => {
  emulator.configure({ queueMs: 50 });
  const { text } = await post(body('LastName\na'));
  emulator.configure({ queueMs: 2 });
  const put = await client.call('PUT', `${JOBS}/${JSON.parse(text).id}/batches`, {
    headers: { 'content-type': 'text/csv' },
    body: 'LastName\nb',
  });
  expect(JSON.parse(put.text)).toMatchObject([{ errorCode: 'INVALIDJOBSTATE' }]);
});

test.each([
  ['no boundary', body('LastName\na'), 'multipart/form-data'],
  ['another boundary', body('LastName\na'), 'multipart/form-data; boundary=OTHER'],
  [
    'no end',
    body('LastName\na').replace('--BOUNDARY--', ''),
    'multipart/form-data; boundary=BOUNDARY',
  ],
  [
    'an end that is none',
    body('LastName\na').replace('--BOUNDARY--', '--BOUNDARY'),
    'multipart/form-data; boundary=BOUNDARY',
  ],
  [
    'no part named content',
    body('LastName\na').replace('name="content"', 'name="data"'),
    'multipart/form-data; boundary=BOUNDARY',
  ],
])('a multipart body with %s is refused', async (_name, data, contentType) => {
  const { status, text } = await post(data, contentType);
  expect([status, JSON.parse(text)[0].errorCode]).toEqual([400, 'CLIENTINPUTERROR']);
  expect(emulator.jobs()).toEqual([]);
});

test('a bad job in a multipart body is refused like any other', async () => {
  const { text } = await post(body('LastName\na', '\r\n', JOB.replace('insert', 'import')));
  expect(JSON.parse(text)).toMatchObject([{ errorCode: 'API_ERROR' }]);
});
