import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, it, onTestFinished } from 'vitest';
import { root } from '../../infra/template.ts';
import { startCloudWatchLogs } from '../../support/cloudwatch-logs.ts';
import { flush, platform } from './sample-lines.ts';

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

it.each(['', '--json'])(
  'npm run logs %s ends quietly when its output is closed',
  async (option) => {
    const logs = await givenLogs();
    logs.createGroup(group);
    logs.put(group, Date.now(), flush('flush received'));
    const { child, ended, stdout, stderr } = start(logs.url, ...(option === '' ? [] : [option]));
    onTestFinished(() => void child.kill());
    stdout.catch(() => undefined);
    await once(child.stdout, 'data');
    child.stdout.destroy();
    logs.put(group, Date.now(), flush('flush received'));
    expect([await ended, await stderr]).toEqual([0, '']);
  },
);

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
