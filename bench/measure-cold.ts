// Measures cold processes of built functions in turns, from their start to the reply to their first event:
// `node bench/measure-cold.ts 15 dist/sink.mjs /other/dist/sink.mjs`; prints JSON.
import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { nodeOptions } from '../infra/stack/node-options.ts';
import { type Cold, mediansOf } from './cold.ts';
import { coldServices, firstEvent } from './cold-services.ts';
import { inTurns } from './in-turns.ts';

const [count = '15', ...modules] = process.argv.slice(2);
const { org, env, createdAfter, close } = await coldServices();
const script = `
const cpuMs = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1000; };
const { handler } = await import(process.argv[1]);
await handler(JSON.parse(process.argv[2]), { getRemainingTimeInMillis: () => 800_000 });
process.stderr.write(JSON.stringify({ replyMs: cpuMs() }));
process.exit();`;

async function coldOf(path: string): Promise<Cold> {
  org.reset();
  const begin = Date.now();
  const node = [...nodeOptions(512).split(' '), '--no-warnings', '--input-type=module'];
  const args = [...node, '--eval', script, resolve(path), firstEvent];
  const { stderr } = await promisify(execFile)(process.execPath, args, {
    env: { ...process.env, ...env },
  });
  const cpu = JSON.parse(stderr.slice(stderr.lastIndexOf('{'))) as Omit<Cold, 'createdMs'>;
  return { createdMs: createdAfter(begin), ...cpu };
}

const rounds = await inTurns(modules, Number(count), coldOf);
console.log(JSON.stringify(rounds.map(mediansOf)));
await close();
process.exit();
