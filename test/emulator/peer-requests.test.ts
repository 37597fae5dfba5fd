import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { useEmulator } from '../support/emulator.ts';
import { API, connect, JOBS } from './client.ts';

/** The requests of sinks for Kafka Connect that other people wrote, as their sources make them. */
const emulator = await useEmulator();
const client = await connect(emulator);

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers?: Record<string, string>;
  readonly chunks?: readonly string[];
}

/** Sends a call as the HTTP client of Java does: chunked, with an offer of HTTP/2. */
function asJava({ method, path, headers, chunks = [] }: Sent) {
  const { hostname, port } = new URL(emulator.url);
  return new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
    const outgoing = request({
      hostname,
      port,
      method,
      path,
      headers: {
        connection: 'Upgrade, HTTP2-Settings',
        'http2-settings': 'AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA',
        upgrade: 'h2c',
        authorization: `Bearer ${client.token}`,
        ...headers,
      },
    });
    outgoing.on('error', reject);
    outgoing.on('response', async (response) => {
      resolve({ status: response.statusCode, body: await text(response) });
    });
    for (const chunk of chunks) outgoing.write(chunk);
    outgoing.end();
  });
}

test("Aiven's sink logs in with a form that is not encoded, and inserts by one chunked multipart job", async () => {
  const login = await asJava({
    method: 'POST',
    path: '/services/oauth2/token',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    chunks: ['grant_type=client_credentials&client_id=local-client&client_secret=local-secret'],
  });
  expect([login.status, JSON.parse(login.body).token_type]).toEqual([200, 'Bearer']);
  const boundary = '5b1e0d2c-8f3f-4a57-9f5e-2f1d3a3c9b11';
  const { status, body } = await asJava({
    method: 'POST',
    path: JOBS,
    headers: { 'content-type': `multipart/form-data; boundary="${boundary}"` },
    chunks: [
      `--${boundary}\nContent-Type: application/json\nContent-Disposition: form-data; name="job"\n\n`,
      '{"object":"Contact","contentType":"CSV","operation":"insert","lineEnding":"LF"}\n\n',
      `--${boundary}\nContent-Type: text/csv\n`,
      'Content-Disposition: form-data; name="content"; filename="content"\n\n',
      'LastName,Description\nAda,"a ""b"", c"\n',
      'Bob,\n',
      `--${boundary}--\n`,
    ],
  });
  const job = JSON.parse(body);
  expect([status, job.state]).toEqual([200, 'UploadComplete']);
  expect(await client.ended(job.id)).toMatchObject({ numberRecordsProcessed: 2 });
  expect(emulator.records('Contact')).toMatchObject([
    { LastName: 'Ada', Description: 'a "b", c' },
    { LastName: 'Bob' },
  ]);
});

test('the sink of osodevops upserts in three steps and reads results at paths that end with a slash', async () => {
  const described = await asJava({ method: 'GET', path: `${API}/sobjects/Contact/describe` });
  expect(described.status).toBe(200);
  const created = await asJava({
    method: 'POST',
    path: JOBS,
    headers: { 'content-type': 'application/json' },
    chunks: [
      '{"object":"Contact","operation":"upsert","contentType":"CSV","lineEnding":"LF","externalIdFieldName":"ExternalId__c"}',
    ],
  });
  const { id } = JSON.parse(created.body);
  const put = await asJava({
    method: 'PUT',
    path: `${JOBS}/${id}/batches`,
    headers: { 'content-type': 'text/csv; charset=UTF-8' },
    chunks: ['ExternalId__c,LastName\n', 'a-1,Ada\n', 'a-2,\n'],
  });
  expect([put.status, put.body]).toEqual([201, '']);
  const closed = await asJava({
    method: 'PATCH',
    path: `${JOBS}/${id}`,
    headers: { 'content-type': 'application/json' },
    chunks: ['{"state":"UploadComplete"}'],
  });
  expect(closed.status).toBe(200);
  expect(await client.ended(id)).toMatchObject({ numberRecordsFailed: 1 });
  const results = async (kind: string) => {
    const headers = { accept: 'text/csv' };
    return (await asJava({ method: 'GET', path: `${JOBS}/${id}/${kind}/`, headers })).body;
  };
  expect(await results('successfulResults')).toMatch(/"true","a-1","Ada"\n$/);
  expect(await results('failedResults')).toContain('REQUIRED_FIELD_MISSING');
  expect(await results('unprocessedrecords')).toBe('ExternalId__c,LastName\n');
});

test("a fork of Aiven's sink deletes by external ids, which it looks up 200 at a time", async () => {
  const keys = Array.from({ length: 200 }, (_, row) => `key '${row}'`);
  for (const key of keys) emulator.seed('Contact', { LastName: key, ExternalId__c: key });
  emulator.seed('Contact', { LastName: 'Other', ExternalId__c: 'other' });
  const list = keys.map((key) => `'${key.replaceAll("'", "\\'")}'`).join(',');
  const soql = `SELECT Id, ExternalId__c FROM Contact WHERE ExternalId__c IN (${list})`;
  const path = `${API}/query?q=${encodeURIComponent(soql)}`;
  const { records } = JSON.parse((await asJava({ method: 'GET', path })).body);
  const ids = records.map(({ Id }: { Id: string }) => Id);
  const info = await client.run(`Id\n${ids.join('\n')}\n`, { operation: 'delete' });
  expect(info).toMatchObject({ numberRecordsProcessed: 200, numberRecordsFailed: 0 });
  expect(emulator.records('Contact')).toMatchObject([{ ExternalId__c: 'other' }]);
});

test('the bulk mode of Redpanda Connect aborts its job when the upload fails', async () => {
  emulator.fault({ call: 'upload', action: { kind: 'status', status: 500 } });
  const job = { object: 'Contact', operation: 'insert', contentType: 'CSV', lineEnding: 'LF' };
  const { id } = JSON.parse((await client.json('POST', JOBS, job)).text);
  const headers = { 'content-type': 'text/csv' };
  const put = await client.call('PUT', `${JOBS}/${id}/batches`, { headers, body: 'LastName\nA\n' });
  expect(put.status).toBe(500);
  const aborted = await client.json('PATCH', `${JOBS}/${id}`, { state: 'Aborted' });
  expect(JSON.parse(aborted.text)).toMatchObject({ id, state: 'Aborted' });
  expect(emulator.records('Contact')).toEqual([]);
});
