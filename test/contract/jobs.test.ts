import { expect, test } from 'vitest';
import { explain } from './session.ts';
import { nameOf, useApi } from './use-api.ts';

const api = useApi();
const CONTACTS = { object: 'Contact', operation: 'insert' };
const DATE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}\+0000$/;

const COMMON = [
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
];
const INFO = [
  ...COMMON,
  'jobType',
  'lineEnding',
  'columnDelimiter',
  'numberRecordsProcessed',
  'numberRecordsFailed',
  'retries',
  'totalProcessingTime',
  'apiActiveProcessingTime',
  'apexProcessingTime',
];

/** The names of a reply in order, without those that later versions may add. */
const known = (text: string, names: readonly string[]) =>
  Object.keys(JSON.parse(text)).filter((name) => names.includes(name));

test('a new job is open, with status 200, without type and counters', async () => {
  const { status, text } = await api().create(CONTACTS);
  const job = JSON.parse(text);
  expect([status, job]).toEqual([
    200,
    expect.objectContaining({
      ...CONTACTS,
      id: expect.stringMatching(/^750\w{15}$/),
      createdById: expect.stringMatching(/^005\w{15}$/),
      createdDate: expect.stringMatching(DATE),
      systemModstamp: expect.stringMatching(DATE),
      state: 'Open',
      concurrencyMode: 'Parallel',
      contentType: 'CSV',
      lineEnding: 'LF',
      columnDelimiter: 'COMMA',
    }),
  ]);
  const { version } = api().target;
  expect(job.contentUrl).toBe(`services/data/${version}/jobs/ingest/${job.id}/batches`);
  expect(text).toContain(`"apiVersion":${version.slice(1)}`);
  const names = [...COMMON, 'contentUrl', 'lineEnding', 'columnDelimiter'];
  expect(known(text, names)).toEqual(names);
  expect(known(text, ['jobType', 'numberRecordsProcessed'])).toEqual([]);
});

test('an upload replies 201 without a body, a close part of the job', async () => {
  const id = await api().open();
  const put = await api().put(id, `LastName\n${nameOf(api(), 'Close')}\n`);
  expect([put.status, put.text, put.headers.get('content-type')]).toEqual([201, '', null]);
  const { status, text } = await api().setState(id, 'UploadComplete');
  expect([status, JSON.parse(text).state]).toEqual([200, 'UploadComplete']);
  expect(known(text, [...COMMON, 'lineEnding', 'jobType', 'contentUrl'])).toEqual(COMMON);
  await api().ended(id);
});

test('the info of a job that has ended has its counters', async () => {
  const { id } = await api().run(`LastName\n${nameOf(api(), 'Info')}\n`);
  const { text } = await api().call('GET', `${api().jobs}/${id}`);
  expect(known(text, [...INFO, 'contentUrl', 'errorMessage'])).toEqual(INFO);
  expect(JSON.parse(text)).toMatchObject({
    state: 'JobComplete',
    jobType: 'V2Ingest',
    numberRecordsProcessed: 1,
    numberRecordsFailed: 0,
  });
});

test('an open job has times of 0 and no counters of records', async () => {
  const id = await api().open();
  const { text } = await api().call('GET', `${api().jobs}/${id}`);
  expect(JSON.parse(text)).toMatchObject({
    state: 'Open',
    retries: 0,
    totalProcessingTime: 0,
    contentUrl: expect.stringContaining(id),
  });
  expect(known(text, ['numberRecordsProcessed', 'numberRecordsFailed'])).toEqual([]);
});

test('a multipart job is queued at once', async () => {
  const boundary = 'CONTRACT';
  const part = (type: string, name: string, body: string) =>
    `--${boundary}\r\nContent-Type: ${type}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${body}\r\n`;
  const body = [
    part('application/json', 'job', JSON.stringify(CONTACTS)),
    part('text/csv', 'content', `LastName\n${nameOf(api(), 'Multipart')}\n`),
    `--${boundary}--\r\n`,
  ].join('');
  const reply = await api().call('POST', api().jobs, {
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    body,
  });
  api().record(reply);
  const job = JSON.parse(reply.text);
  expect([reply.status, job.state]).toEqual([200, 'UploadComplete']);
  expect(await api().ended(job.id)).toMatchObject({ numberRecordsProcessed: 1 });
});

test.each([
  [
    { operation: 'merge' },
    "400 API_ERROR: Invalid value: 'merge' supplied for property: 'operation'",
  ],
  [{ lineEnding: 'CR' }, "400 API_ERROR: Invalid value: 'CR' supplied for property: 'lineEnding'"],
  [
    { columnDelimiter: 'DOT' },
    "400 API_ERROR: Invalid value: 'DOT' supplied for property: 'columnDelimiter'",
  ],
  [{ object: 'Nothing__c' }, '400 INVALIDJOB: InvalidJob : Unable to find object: Nothing__c'],
  [
    { operation: 'upsert' },
    '400 INVALIDJOB: InvalidJob : External ID was blank for Contact. An External ID must be specified for upsert.',
  ],
  [
    { operation: 'upsert', externalIdFieldName: 'Nothing__c' },
    '400 INVALIDJOB: InvalidJob : Field name provided, Nothing__c does not match an External ID for Contact',
  ],
])('the job %j is refused', async (job, error) => {
  const reply = await api().create({ ...CONTACTS, ...job });
  expect(explain(reply)).toBe(error);
  expect(Object.keys(JSON.parse(reply.text)[0])).toEqual(['errorCode', 'message']);
});

test('a job is aborted once; one that has ended is not', async () => {
  const id = await api().open();
  expect(JSON.parse((await api().setState(id, 'Aborted')).text)).toMatchObject({
    state: 'Aborted',
  });
  const ended = await api().run(`LastName\n${nameOf(api(), 'Abort')}\n`);
  expect(explain(await api().setState(ended.id, 'Aborted'))).toBe(
    '400 INVALIDJOBSTATE: Aborting already Completed Job not allowed',
  );
  expect(explain(await api().setState(ended.id, 'UploadComplete'))).toBe(
    '400 INVALIDJOBSTATE: Closing already Completed Job not allowed',
  );
});

test('a deleted job is not found', async () => {
  const id = await api().open();
  await api().setState(id, 'Aborted');
  expect((await api().call('DELETE', `${api().jobs}/${id}`)).status).toBe(204);
  const gone = await api().call('GET', `${api().jobs}/${id}`);
  expect(explain(gone)).toBe('404 NOT_FOUND: The requested resource does not exist');
});

test('the list of jobs has this one, without counters', async () => {
  const id = await api().open();
  let path: string | null = `${api().jobs}?jobType=V2Ingest`;
  let found: Record<string, unknown> | undefined;
  while (path !== null && !found) {
    const page = JSON.parse((await api().call('GET', path)).text);
    found = page.records.find((job: { id: string }) => job.id === id);
    path = page.done ? null : page.nextRecordsUrl;
  }
  expect(found).toMatchObject({ id, state: 'Open', jobType: 'V2Ingest' });
  expect(found).not.toHaveProperty('numberRecordsProcessed');
});
