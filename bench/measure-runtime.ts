// Measures cold processes of built functions in turns under AWS's runtime client and emulator, as
// test/e2e/lambda.test.ts builds them, from their start to the reply to their first event; on Linux:
// `node bench/measure-runtime.ts 13 dist/sink.mjs /other/dist/sink.mjs`; prints JSON.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { nodeOptions } from '../infra/stack/node-options.ts';
import { lambdaPrograms } from '../test/e2e/given/lambda/programs.ts';
import { freePorts } from '../test/e2e/given/process/free-ports.ts';
import { type Cold, mediansOf } from './cold.ts';
import { coldServices, firstEvent } from './cold-services.ts';
import { inTurns } from './in-turns.ts';

const [count = '13', ...modules] = process.argv.slice(2);
const { emulator, runtime } = await lambdaPrograms();
const { org, env, createdAfter, close } = await coldServices();
const ticksASecond = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

/** The runtime's process, which a thread of the emulator has started. */
function childOf(pid: number | undefined): number {
  const threads = `/proc/${pid}/task`;
  const children = readdirSync(threads).map((thread) =>
    readFileSync(`${threads}/${thread}/children`, 'utf8'),
  );
  return Number.parseInt(children.join(''), 10);
}

/** User and system CPU of a process, in milliseconds. Source: proc_pid_stat(5), fields 14 and 15. */
function cpuMsOf(pid: number): number {
  const [, stat = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
  const fields = stat.split(' ').map(Number);
  return (((fields[11] ?? 0) + (fields[12] ?? 0)) / ticksASecond) * 1000;
}

/** Starts the emulator with a built function; resolves once it takes invocations. */
async function startEmulator(path: string) {
  const folder = dirname(resolve(path));
  const handler = `${basename(folder)}/${basename(path, '.mjs')}.handler`;
  const [front, api] = await freePorts(2);
  const addresses = ['--runtime-interface-emulator-address', `127.0.0.1:${front}`];
  const command = [process.execPath, runtime, handler];
  const args = [...addresses, '--runtime-api-address', `127.0.0.1:${api}`, ...command];
  const child = spawn(emulator, ['--log-level', 'fatal', ...args], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      ...env,
      NODE_OPTIONS: nodeOptions(512),
      LAMBDA_TASK_ROOT: dirname(folder),
      _HANDLER: handler,
      AWS_LAMBDA_FUNCTION_NAME: 'bench',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '512',
    },
  });
  const url = `http://127.0.0.1:${front}/`;
  while (
    !(await fetch(url).then(
      () => true,
      () => false,
    ))
  )
    await sleep(5);
  return { child, url: `${url}2015-03-31/functions/function/invocations` };
}

/** Counts from the start of the emulator. */
async function coldOf(path: string): Promise<Cold> {
  org.reset();
  // Before the emulator: it starts the runtime without waiting for an invocation.
  const begin = Date.now();
  const { child, url } = await startEmulator(path);
  const reply = await fetch(url, { method: 'POST', body: firstEvent });
  const body = await reply.text();
  const pid = childOf(child.pid);
  const cold = { createdMs: createdAfter(begin), replyMs: cpuMsOf(pid) };
  process.kill(pid, 'SIGKILL');
  child.kill('SIGKILL');
  await once(child, 'close');
  if (!body.includes('batchItemFailures')) throw new Error(body);
  return cold;
}

const rounds = await inTurns(modules, Number(count), coldOf);
console.log(JSON.stringify(rounds.map(mediansOf)));
await close();
process.exit();
