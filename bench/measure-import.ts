// Measures in turns the CPU of processes that load a built function, which asks for its secret at its
// start and gets no answer: `node bench/measure-import.ts 15 dist/sink.mjs /other/dist/sink.mjs`; prints
// JSON, the medians in milliseconds.
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { nodeOptions } from '../infra/stack/node-options.ts';
import { median } from './cpu.ts';
import { inTurns } from './in-turns.ts';

const [count = '15', ...modules] = process.argv.slice(2);
const silent = createServer(() => undefined).listen(0, '127.0.0.1');
await once(silent, 'listening');
const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
const env = {
  ...process.env,
  SALESFORCE_OBJECT: 'Contact',
  SALESFORCE_URI: url,
  SALESFORCE_SECRET_ID: 'bench',
  AWS_REGION: 'eu-west-1',
  AWS_ENDPOINT_URL_SECRETS_MANAGER: url,
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
};
// By then all is loaded, and the call, whose time limit is 5 seconds, is not yet repeated.
const script = `
const cpuMs = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1000; };
const bootMs = cpuMs();
import(process.argv[1]);
setTimeout(() => { console.log(cpuMs() - bootMs); process.exit(); }, 2_000);`;

async function importOf(path: string): Promise<number> {
  const node = [...nodeOptions(512).split(' '), '--no-warnings', '--input-type=module'];
  const args = [...node, '--eval', script, resolve(path)];
  const { stdout } = await promisify(execFile)(process.execPath, args, { env });
  return Number(stdout);
}

const rounds = await inTurns(modules, Number(count), importOf);
console.log(JSON.stringify(rounds.map(median)));
process.exit();
