import { expect, test } from 'vitest';
import { useEmulator } from '../support/emulator.ts';
import { API, connect, JOBS } from './client.ts';

const emulator = await useEmulator({ now: () => Date.UTC(2026, 0, 2, 3, 4, 5, 678) });
const client = await connect(emulator);

const CONTACTS = 'LastName,Email\nAda,ada@example.com\nBob,bob@example.com\n';

test('the reply to a created job has the recorded bytes', async () => {
  const { status, text, headers } = await client.json('POST', JOBS, {
    object: 'Contact',
    operation: 'insert',
  });
  const { id, createdById } = JSON.parse(text);
  expect(status).toBe(200);
  expect(id).toMatch(/^750[0-9A-Za-z]{12}[A-Z0-5]{3}$/);
  expect(createdById).toMatch(/^005/);
  expect(text).toBe(
    `{"id":"${id}","operation":"insert","object":"Contact","createdById":"${createdById}","createdDate":"2026-01-02T03:04:05.000+0000","systemModstamp":"2026-01-02T03:04:05.000+0000","state":"Open","concurrencyMode":"Parallel","contentType":"CSV","apiVersion":65.0,"contentUrl":"services/data/v65.0/jobs/ingest/${id}/batches","lineEnding":"LF","columnDelimiter":"COMMA"}`,
  );
  expect(headers.get('content-type')).toBe('application/json;charset=UTF-8');
  expect(headers.get('sforce-limit-info')).toBe('api-usage=1/100000');
});

test('an upload is answered 201 without a body or a content type', async () => {
  const created = await client.json('POST', JOBS, { object: 'Contact', operation: 'insert' });
  const { contentUrl } = JSON.parse(created.text);
  const { status, text, headers } = await client.call('PUT', `/${contentUrl}`, {
    headers: { 'content-type': 'text/csv; charset=UTF-8' },
    body: CONTACTS,
  });
  expect([status, text, headers.get('content-type')]).toEqual([201, '', null]);
  expect(headers.get('sforce-limit-info')).toBe('api-usage=2/100000');
});

test('the reply to a close is part of the job', async () => {
  const created = JSON.parse(
    (await client.json('POST', JOBS, { object: 'Contact', operation: 'insert' })).text,
  );
  await client.call('PUT', `${JOBS}/${created.id}/batches`, {
    headers: { 'content-type': 'text/csv' },
    body: CONTACTS,
  });
  const { status, text } = await client.json('PATCH', `${JOBS}/${created.id}`, {
    state: 'UploadComplete',
  });
  expect(status).toBe(200);
  expect(text).toBe(
    `{"id":"${created.id}","operation":"insert","object":"Contact","createdById":"${created.createdById}","createdDate":"2026-01-02T03:04:05.000+0000","systemModstamp":"2026-01-02T03:04:05.000+0000","state":"UploadComplete","concurrencyMode":"Parallel","contentType":"CSV","apiVersion":65.0}`,
  );
});

test('an open job has no row counters until it has data', async () => {
  const { text } = await client.json('POST', JOBS, { object: 'Contact', operation: 'insert' });
  const { id } = JSON.parse(text);
  const before = await client.call('GET', `${JOBS}/${id}`);
  expect(Object.keys(JSON.parse(before.text))).toEqual([
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
    'contentUrl',
    'lineEnding',
    'columnDelimiter',
    'retries',
    'totalProcessingTime',
    'apiActiveProcessingTime',
    'apexProcessingTime',
  ]);
  await client.call('PUT', `${JOBS}/${id}/batches/`, {
    headers: { 'content-type': 'text/csv' },
    body: CONTACTS,
  });
  const after = JSON.parse((await client.call('GET', `${JOBS}/${id}`)).text);
  expect([after.numberRecordsProcessed, after.numberRecordsFailed]).toEqual([0, 0]);
});

test('a job runs to its end and its rows become records', async () => {
  const info = await client.run(CONTACTS);
  expect(info).toMatchObject({
    state: 'JobComplete',
    jobType: 'V2Ingest',
    numberRecordsProcessed: 2,
    numberRecordsFailed: 0,
  });
  expect(info).not.toHaveProperty('errorMessage');
  expect(info).not.toHaveProperty('contentUrl');
  expect(emulator.records('Contact')).toMatchObject([
    { Id: expect.stringMatching(/^003/), LastName: 'Ada', Email: 'ada@example.com' },
    { LastName: 'Bob', Email: 'bob@example.com' },
  ]);
});

test('a job runs without being polled', async () => {
  await client.load(CONTACTS);
  await expect.poll(() => emulator.jobs()[0]?.state).toBe('JobComplete');
  expect(emulator.requests().filter(({ call }) => call === 'info')).toEqual([]);
});

test('the counters of a job grow by 200 rows while it is in progress', async () => {
  emulator.configure({ chunkMs: 50 });
  const rows = Array.from({ length: 450 }, (_, row) => `Name ${row}`).join('\n');
  const id = await client.load(`LastName\n${rows}`);
  const seen = new Set<number>();
  for (;;) {
    const info = JSON.parse((await client.call('GET', `${JOBS}/${id}`)).text);
    seen.add(info.numberRecordsProcessed);
    if (info.state === 'JobComplete') break;
  }
  emulator.configure({ chunkMs: 1 });
  const counts = [...seen].filter((count) => count > 0);
  expect(counts.length).toBeGreaterThan(1);
  expect([200, 400, 450].filter((count) => counts.includes(count))).toEqual(counts);
  expect(counts.at(-1)).toBe(450);
});

test('a second upload to a job is refused', async () => {
  const { text } = await client.json('POST', JOBS, { object: 'Contact', operation: 'insert' });
  const { id } = JSON.parse(text);
  const put = () =>
    client.call('PUT', `${JOBS}/${id}/batches`, {
      headers: { 'content-type': 'text/csv' },
      body: CONTACTS,
    });
  expect((await put()).status).toBe(201);
  const second = await put();
  expect(second.status).toBe(400);
  expect(second.text).toBe(
    `[{"errorCode":"INVALIDJOB","message":"Found multipe contents for job: <${id.slice(0, 15)}>, please 'Close' / 'Abort' / 'Delete' the current Job then create a new Job and make sure you only do 'PUT' once on a given Job."}]`,
  );
});

test('an upload to a closed job, and a second close, are refused', async () => {
  const id = await client.load(CONTACTS);
  await client.ended(id);
  const put = await client.call('PUT', `${JOBS}/${id}/batches`, {
    headers: { 'content-type': 'text/csv' },
    body: CONTACTS,
  });
  expect(JSON.parse(put.text)).toMatchObject([{ errorCode: 'INVALIDJOBSTATE' }]);
  const close = await client.json('PATCH', `${JOBS}/${id}`, { state: 'UploadComplete' });
  expect(close.text).toBe(
    '[{"errorCode":"INVALIDJOBSTATE","message":"Closing already Completed Job not allowed"}]',
  );
});

test('a job without data cannot be closed', async () => {
  const { text } = await client.json('POST', JOBS, { object: 'Contact', operation: 'insert' });
  const { id } = JSON.parse(text);
  const close = await client.json('PATCH', `${JOBS}/${id}`, { state: 'UploadComplete' });
  expect(close.status).toBe(400);
  expect(JSON.parse(close.text)).toMatchObject([{ errorCode: 'INVALIDJOBSTATE' }]);
});

test('an aborted job keeps the rows that it wrote and writes no more', async () => {
  emulator.configure({ chunkMs: 150 });
  const rows = Array.from({ length: 600 }, (_, row) => `Name ${row}`).join('\n');
  const id = await client.load(`LastName\n${rows}`);
  await expect.poll(() => emulator.records('Contact').length, { interval: 2 }).toBe(200);
  const abort = await client.json('PATCH', `${JOBS}/${id}`, { state: 'Aborted' });
  emulator.configure({ chunkMs: 1 });
  expect(abort.status).toBe(200);
  expect(JSON.parse(abort.text)).toMatchObject({ id, state: 'Aborted' });
  const written = emulator.records('Contact').length;
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(emulator.records('Contact')).toHaveLength(written);
  expect(await client.ended(id)).toMatchObject({
    state: 'Aborted',
    numberRecordsProcessed: written,
  });
  expect(written).toBeLessThan(600);
});

test('a finished job cannot be aborted', async () => {
  const { id } = await client.run(CONTACTS);
  const { status, text } = await client.json('PATCH', `${JOBS}/${id}`, { state: 'Aborted' });
  expect(status).toBe(400);
  expect(text).toBe(
    '[{"errorCode":"INVALIDJOBSTATE","message":"Aborting already Completed Job not allowed"}]',
  );
});

test('a job of an unknown id is not found, in either length of id', async () => {
  const missing = await client.call('GET', `${JOBS}/7507Q000009f4YjXXX`);
  expect(missing.status).toBe(404);
  expect(missing.text).toBe(
    '[{"errorCode":"NOT_FOUND","message":"The requested resource does not exist"}]',
  );
  const id = String((await client.run(CONTACTS))['id']);
  const short = await client.call('GET', `${JOBS}/${id.slice(0, 15)}`);
  expect(JSON.parse(short.text)).toMatchObject({ id });
});

test.each([
  [
    { object: 'Contract', operation: 'insert' },
    'INVALIDJOB',
    'InvalidJob : Unable to find object: Contract',
  ],
  [
    { object: 'Contact', operation: 'Insert' },
    'API_ERROR',
    "Invalid value: 'Insert' supplied for property: 'operation'",
  ],
  [
    { object: 'Contact', operation: 'insert', contentType: 'JSON' },
    'API_ERROR',
    "Invalid value: 'JSON' supplied for property: 'contentType'",
  ],
  [
    { object: 'Contact', operation: 'insert', lineEnding: 'CR' },
    'API_ERROR',
    "Invalid value: 'CR' supplied for property: 'lineEnding'",
  ],
  [
    { object: 'Contact', operation: 'insert', columnDelimiter: ',' },
    'API_ERROR',
    "Invalid value: ',' supplied for property: 'columnDelimiter'",
  ],
])('the job %j is refused with %s', async (job, errorCode, message) => {
  const { status, text } = await client.json('POST', JOBS, job);
  expect([status, text]).toEqual([400, JSON.stringify([{ errorCode, message }])]);
  expect(emulator.jobs()).toEqual([]);
});

test('a method that a resource does not have is refused with those it has', async () => {
  const { status, text } = await client.call('PUT', JOBS);
  expect(status).toBe(405);
  expect(JSON.parse(text)[0]).toMatchObject({
    errorCode: 'METHOD_NOT_ALLOWED',
    message: expect.stringContaining("HTTP Method 'PUT' not allowed. Allowed are"),
  });
});

test('a retired version is gone and an unknown one is not found', async () => {
  expect((await client.call('GET', '/services/data/v30.0/jobs/ingest')).status).toBe(410);
  expect((await client.call('GET', '/services/data/v99.0/jobs/ingest')).status).toBe(404);
  expect((await client.call('GET', '/services/data/v40.0/jobs/ingest')).status).toBe(404);
  expect((await client.call('GET', '/services/data/v41.0/jobs/ingest')).status).toBe(200);
  expect((await client.call('GET', '/services/data/v40.0/limits')).status).toBe(200);
  expect((await client.call('GET', `${API}/nothing/here`)).text).toBe(
    '[{"message":"The requested resource does not exist","errorCode":"NOT_FOUND"}]',
  );
});
