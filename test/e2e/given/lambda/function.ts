import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { expect, onTestFinished } from 'vitest';
import { killProcess } from '../functions.ts';
import { freePorts } from '../process/free-ports.ts';
import { guarded, spawnGuarded } from '../process/guarded-process.ts';
import type { Packaged } from './package.ts';
import type { LambdaPrograms } from './programs.ts';

const execute = promisify(execFile);

/** What is deployed; `logFormat` is the function's `LoggingConfig.LogFormat`. */
export interface Deployment {
  readonly packaged: Packaged;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutSeconds?: number;
  readonly logFormat?: 'Text' | 'JSON';
}

/** What an invocation has returned: JSON, or Lambda's text about a time-out. */
export interface Invoked {
  readonly requestId: string;
  readonly body: string;
}

/** A packaged function in AWS's emulator, under AWS's runtime client. */
export interface LambdaFunction {
  invoke(event: unknown): Promise<Invoked>;
  /** All that CloudWatch would get, a line each. */
  readonly lines: readonly string[];
  /** Stops the runtime's process where it is, as a machine that stalls does. */
  freeze(): Promise<void>;
}

/** Starts a function; it has ended when the test has. */
export async function givenLambda(
  { emulator, runtime }: LambdaPrograms,
  deployment: Deployment,
): Promise<LambdaFunction> {
  const { handler } = deployment.packaged;
  const [front = 0, api = 0] = await freePorts(2);
  const command = [
    ...[emulator, '--log-level', 'fatal'],
    ...['--runtime-interface-emulator-address', `127.0.0.1:${front}`],
    ...['--runtime-api-address', `127.0.0.1:${api}`],
    ...[process.execPath, runtime, handler],
  ];
  const scratch = await mkdtemp(join(tmpdir(), 'lambda-'));
  const child = spawnGuarded(guarded(scratch, command), { env: environmentOf(deployment) });
  onTestFinished(() => void child.stdin.end());
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => void lines.push(line));
  }
  const url = `http://127.0.0.1:${front}/2015-03-31/functions/function/invocations`;
  await expect.poll(() => fetch(url.replace(/2015.*/, '')).then(() => true)).toBe(true);
  return {
    lines,
    async invoke(event) {
      const requestId = randomUUID();
      const headers = { 'x-amzn-requestid': requestId };
      const reply = await fetch(url, { method: 'POST', headers, body: JSON.stringify(event) });
      return { requestId, body: await reply.text() };
    },
    async freeze() {
      const pid = await runtimeUnder(child.pid);
      process.kill(pid, 'SIGSTOP');
      // It could not notice that its emulator is gone.
      onTestFinished(() => void killProcess(pid));
    },
  };
}

/** The process two below: of the guard, the emulator is the child, of which the runtime is. */
async function runtimeUnder(guard: number | undefined): Promise<number> {
  const { stdout } = await execute('ps', ['-A', '-o', 'pid=,ppid=,args=']);
  const processes = stdout.split('\n').map((line) => {
    const [pid = 0, parent = 0] = line.trim().split(/\s+/, 2).map(Number);
    return { pid, parent, line };
  });
  const emulators = processes.filter(({ parent }) => parent === guard).map(({ pid }) => pid);
  const found = processes.find(
    ({ parent, line }) => emulators.includes(parent) && line.includes('aws-lambda-ric'),
  );
  if (found === undefined) throw new Error('there is no runtime');
  return found.pid;
}

/** Source: AWS Lambda developer guide, configuration-envvars. The emulator sets the others. */
function environmentOf({ packaged, environment, timeoutSeconds = 30, logFormat }: Deployment) {
  return {
    PATH: process.env['PATH'],
    LAMBDA_TASK_ROOT: packaged.task,
    NODE_OPTIONS: packaged.nodeOptions,
    _HANDLER: packaged.handler,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_NAME: 'contacts',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '512',
    AWS_LAMBDA_FUNCTION_TIMEOUT: String(timeoutSeconds),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    ...(logFormat === undefined ? {} : { AWS_LAMBDA_LOG_FORMAT: logFormat }),
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    ...environment,
  };
}
