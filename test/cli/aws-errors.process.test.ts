import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it, onTestFinished, test } from 'vitest';
import { startFunctions } from '../../local/aws/functions.ts';
import { listen } from '../../local/aws/listen.ts';
import { builtFunction } from '../../local/lambda-runtime/built-function.ts';
import { root } from '../infra/template.ts';

const keys = { AWS_ACCESS_KEY_ID: 'dummy', AWS_SECRET_ACCESS_KEY: 'dummy' };
const nowhere = 'http://127.0.0.1:1';

/** Runs a command on the sink `contacts` of the stage `example`. */
async function run(command: string, env: Record<string, string>, ...line: string[]) {
  const path = join(root, `cli/${command}/main.ts`);
  const args = [path, '--stage', 'example', '--sink', 'contacts', ...line];
  const clean = {
    ...{ PATH: process.env['PATH'], NO_COLOR: '1', AWS_EC2_METADATA_DISABLED: 'true' },
    AWS_CONFIG_FILE: join(tmpdir(), 'no-aws-config'),
    AWS_SHARED_CREDENTIALS_FILE: join(tmpdir(), 'no-aws-credentials'),
  };
  return promisify(execFile)(process.execPath, args, { env: { ...clean, ...env } }).then(
    ({ stdout, stderr }) => ({ status: 0, stdout, stderr }),
    ({ code, stdout, stderr }) => ({ status: code, stdout, stderr }),
  );
}

/** Why Lambda throttles, in its own word. */
const Reason = 'ReservedFunctionConcurrentInvocationLimitExceeded';

/** A server that refuses every call with this error. */
async function refusing(type: string, status: number): Promise<string> {
  const server = createServer((_, response) => {
    const headers = { 'x-amzn-errortype': type, 'content-type': 'application/json' };
    response.writeHead(status, headers).end(JSON.stringify({ message: 'refused', Reason }));
  });
  const url = await listen(server);
  onTestFinished(() => void server.close());
  return url;
}

for (const command of ['doctor', 'replay', 'logs']) {
  const says = async (env: Record<string, string>, ...line: string[]) => {
    const { status, stdout, stderr } = await run(command, env, ...line);
    expect([status, stdout]).toEqual([1, '']);
    return stderr;
  };
  const all = (url: string) => ({ ...keys, AWS_ENDPOINT_URL: url });

  it(`npm run ${command} without credentials says how to get some`, async () => {
    expect(await says({})).toMatch(/no usable AWS credentials.*aws sso login.*--aws-profile/i);
  });

  it(`npm run ${command} names a profile that is not there`, async () => {
    const text = await says({}, '--aws-profile', 'elsewhere');
    expect(text).toMatch(/no usable AWS credentials.*elsewhere/);
  });

  it(`npm run ${command} names the service and region that cannot be reached`, async () => {
    expect(await says(all(nowhere))).toMatch(/cannot be reached in us-east-1 \(ECONNREFUSED\)/);
  });

  it(`npm run ${command} says that credentials have expired`, async () => {
    const url = await refusing('ExpiredTokenException', 403);
    expect(await says(all(url))).toMatch(/refused the AWS credentials.*Sign in again/);
  });

  it(`npm run ${command} says what was denied`, async () => {
    const url = await refusing('AccessDeniedException', 403);
    expect(await says(all(url))).toMatch(/denied \w+ on .*docs\/OPERATIONS.md/);
  });
}

it('npm run doctor says that a throttled invocation did not happen, and what to do', async () => {
  const url = await refusing('TooManyRequestsException', 429);
  const { status, stderr } = await run('doctor', { ...keys, AWS_ENDPOINT_URL: url });
  expect(status).toBe(1);
  expect(stderr).toMatch(
    /Lambda throttled Invoke on function \S+-doctor \(ReservedFunction\w+\).*did not run.*OPERATIONS.md#throttles/,
  );
});

it.each(['doctor', 'replay'])('npm run %s of a stage that is not deployed', async (command) => {
  const functions = await startFunctions(() => undefined);
  onTestFinished(() => functions.close());
  const env = { ...keys, AWS_ENDPOINT_URL_LAMBDA: functions.url };
  const { status, stderr } = await run(command, env);
  expect([status, stderr]).toEqual([
    1,
    expect.stringMatching(
      /There is no function msk-salesforce-sink-example-\w+ in us-east-1.*npm run deploy -- --stage example/,
    ),
  ]);
});

test('a replay that cannot reach the queue does not say that anything is done', async () => {
  const functions = await startFunctions(() => undefined);
  onTestFinished(() => functions.close());
  const functionName = 'msk-salesforce-sink-example-contacts';
  const environment = { ERRANT_QUEUE_URL: `${nowhere}/1/q`, LEDGER_TABLE: 'ledger' };
  functions.deploy(builtFunction({ module: 'sink', environment, functionName, timeoutMs: 60_000 }));
  const env = { ...keys, AWS_ENDPOINT_URL: nowhere, AWS_ENDPOINT_URL_LAMBDA: functions.url };
  for (const line of [[], ['--dry-run']]) {
    const { status, stdout, stderr } = await run('replay', env, ...line);
    expect(status).toBe(1);
    expect(stdout).not.toMatch(/✓|would be replayed/);
    expect(stderr).toMatch(/SQS cannot be reached/);
  }
});
