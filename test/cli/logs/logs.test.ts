import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, it, onTestFinished } from 'vitest';
import { shownLine } from '../../../cli/logs/lines.ts';
import { root } from '../../infra/template.ts';
import { startCloudWatchLogs } from '../../support/cloudwatch-logs.ts';

const group = '/aws/lambda/msk-salesforce-sink-example-contacts';

function start(url: string, ...line: string[]) {
  const env = {
    ...{ PATH: process.env['PATH'], NO_COLOR: '1', AWS_ENDPOINT_URL: url },
    ...{ AWS_ACCESS_KEY_ID: 'dummy', AWS_SECRET_ACCESS_KEY: 'dummy' },
  };
  const args = [join(root, 'cli/logs/main.ts'), '--stage', 'example', '--sink', 'contacts'];
  const child = spawn(process.execPath, [...args, ...line], { env });
  const ended = new Promise<number | null>((done) => child.once('exit', done));
  return { child, ended, stdout: text(child.stdout), stderr: text(child.stderr) };
}

async function givenLogs() {
  const logs = await startCloudWatchLogs();
  onTestFinished(() => logs.close());
  return logs;
}

const flush = (message: string, fields: object = {}): string =>
  JSON.stringify({ level: 'INFO', message, offsets: ['contacts-0@0..9'], records: 10, ...fields });

/** A line of Lambda itself, as `LoggingConfig` with `LogFormat: JSON` has it. */
const platform = (type: string, record: unknown): string =>
  JSON.stringify({ time: '2026-01-01T07:05:09.000Z', type: `platform.${type}`, record });

/** What Lambda's runtime logs of an error, in the same format. */
const runtime = (message: object): string =>
  JSON.stringify({
    timestamp: '2026-01-01T07:05:09.000Z',
    level: 'ERROR',
    requestId: '1',
    message,
  });

it('npm run logs waits for the first stream, shows each line once, and ends with Ctrl-C', async () => {
  const logs = await givenLogs();
  logs.createGroup(group);
  const { child, ended, stdout, stderr } = start(logs.url);
  let seen = '';
  child.stdout.on('data', (data) => (seen += data));
  let said = '';
  child.stderr.on('data', (data) => (said += data));
  await expect.poll(() => said, { timeout: 30_000 }).toMatch(/Waiting for more/);
  const now = Date.now();
  for (let at = 0; at < 8; at++) logs.put(group, now + at, flush('flush received'));
  await expect.poll(() => seen.match(/10 records/g)?.length, { timeout: 30_000 }).toBe(8);
  // One that becomes visible late, before those that were shown.
  logs.put(group, now - 1000, flush('flush failed', { reason: 'LEDGER_CONFLICT: of 10 records' }));
  await expect.poll(() => seen, { timeout: 30_000 }).toContain('✗ flush failed  LEDGER_CONFLICT');
  child.kill('SIGINT');

  expect(await ended).toBe(0);
  expect((await stdout).match(/ {2}10 records/g)).toHaveLength(8);
  expect(await stderr).not.toMatch(/Error/);
});

it('npm run logs of a sink that is not deployed says so, and fails', async () => {
  const logs = await givenLogs();
  const { ended, stderr } = start(logs.url, '--once');
  expect([await ended, await stderr]).toEqual([
    1,
    expect.stringMatching(/no log group \/aws\/lambda\/\S+ in us-east-1.*npm run deploy/),
  ]);
});

it('npm run logs says once that Lambda ended an invocation', async () => {
  const logs = await givenLogs();
  logs.createGroup(group);
  const record = { requestId: '1', status: 'timeout', metrics: { durationMs: 840_000 } };
  const now = Date.now();
  logs.put(group, now, platform('start', { requestId: '1' }));
  logs.put(group, now + 1, platform('runtimeDone', record));
  logs.put(group, now + 2, platform('report', record));
  logs.put(group, now + 3, platform('report', { ...record, requestId: '2' }));
  const { stdout } = start(logs.url, '--once');
  const line = expect.stringMatching(/^\S+ ! Lambda ended the function: timeout after 840.0 s$/);
  expect((await stdout).trimEnd().split('\n')).toEqual([line, line]);
});

it('npm run logs -- --json prints lines as they are', async () => {
  const logs = await givenLogs();
  const line = '{"_aws":{},"Waits":3}';
  logs.put(group, Date.now(), `${line}\n`);
  const { stdout } = start(logs.url, '--once', '--json');
  expect(await stdout).toBe(`${line}\n`);
});

it('npm run logs -- --help knows its options', async () => {
  const help = await start('', '--help').stdout;
  for (const option of ['--sink', '--stage', '--since', '--aws-profile']) {
    expect(help).toContain(option);
  }
});

it.each([
  ['{"_aws":{"CloudWatchMetrics":[]},"Waits":3}', null],
  ['START RequestId: 1 Version: $LATEST\n', null],
  ['REPORT RequestId: 1\tDuration: 3 ms', null],
  ['2026-01-01T00:00:00Z\t1\tERROR\tInvoke Error\t{"errorType":"SinkError","stack":[]}', null],
  [platform('initStart', { runtimeVersion: 'nodejs:24' }), null],
  [platform('start', { requestId: '1' }), null],
  [platform('initReport', { status: 'success', metrics: { durationMs: 300 } }), null],
  [platform('report', { requestId: '1', status: 'success', metrics: { durationMs: 3 } }), null],
  [platform('report', { requestId: '1', metrics: { durationMs: 3 } }), null],
  [
    platform('report', { requestId: '1', status: 'timeout', metrics: { durationMs: 840_000 } }),
    '! Lambda ended the function: timeout after 840.0 s',
  ],
  [
    platform('runtimeDone', {
      ...{ requestId: '1', status: 'failure', errorType: 'Runtime.ExitError' },
      metrics: { durationMs: 2512 },
    }),
    '! Lambda ended the function: failure, Runtime.ExitError, after 2.5 s',
  ],
  [
    platform('report', { requestId: '1', status: 'error', metrics: { durationMs: 2512 } }),
    '! Lambda ended the function: error after 2.5 s',
  ],
  [platform('report', { status: 'error', errorType: 'SinkError' }), null],
  [
    platform('initReport', {
      ...{ status: 'error', errorType: 'Runtime.ImportModuleError' },
      metrics: { durationMs: 312 },
    }),
    '! Lambda could not start the function: error, Runtime.ImportModuleError, after 0.3 s',
  ],
  [
    platform('initRuntimeDone', { status: 'timeout' }),
    '! Lambda could not start the function: timeout',
  ],
  [platform('fault', 'RequestId: 1 signal: killed'), '! Lambda: RequestId: 1 signal: killed'],
  [runtime({ errorType: 'SinkError', errorMessage: 'JOB_FAILED: no row', stackTrace: [] }), null],
  [
    runtime({ errorType: 'Runtime.ImportModuleError', errorMessage: 'no sink', stackTrace: ['a'] }),
    '! Runtime.ImportModuleError: no sink',
  ],
  [
    '2026-01-01T00:00:00Z\tundefined\tERROR\tInit Error \t{"errorType":"SinkError","stack":[]}',
    null,
  ],
  ['{"time":1}', '  {"time":1}'],
  [
    '2026-01-01T00:00:00Z 1 Task timed out after 840.00 seconds',
    '  2026-01-01T00:00:00Z 1 Task timed out after 840.00 seconds',
  ],
  [
    flush('flush written', { rows: 9, duration_ms: 2512, api_calls: 8 }),
    '✓ 9 of 10 records written in 2.5 s, 8 API calls  contacts-0@0..9',
  ],
  [
    flush('flush failed', { level: 'ERROR', code: 'JOB_FAILED', reason: 'JOB_FAILED: no row' }),
    '✗ flush failed  JOB_FAILED: no row',
  ],
  [
    flush('errant record', { record: 'contacts-0@2', code: 'JSON_INVALID', reason: 'no JSON' }),
    '! contacts-0@2 is errant: JSON_INVALID: no JSON',
  ],
  [
    JSON.stringify({
      level: 'INFO',
      message: 'job submitted',
      job_id: '750',
      rows: 9,
      service: 's',
      release: '0.2.0',
    }),
    '  job submitted  job_id 750, rows 9',
  ],
])('%s is shown as %s', (line, shown) => {
  const at = Date.UTC(2026, 0, 1, 7, 5, 9);
  expect(shownLine({ at, text: line })?.text ?? null).toBe(
    shown === null ? null : `07:05:09 ${shown}`,
  );
});
