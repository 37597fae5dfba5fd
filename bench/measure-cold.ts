// Measures cold processes of built functions in turns, from their start to the reply to their first event:
// `node bench/measure-cold.ts 15 dist/sink.mjs /other/dist/sink.mjs`; prints JSON.
import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { startEmulator } from 'salesforce-bulk-emulator';
import { nodeOptions } from '../infra/stack/node-options.ts';
import { startSecretsManager } from '../local/aws/secrets-manager.ts';
import { median } from './cpu.ts';
import { formats } from './formats.ts';
import { contactEvent } from './records.ts';

const [count = '15', ...modules] = process.argv.slice(2);
const secret = JSON.stringify({ clientId: 'local-client', clientSecret: 'local-secret' });
const secrets = await startSecretsManager({ bench: secret });
const org = await startEmulator();

const event = JSON.stringify(contactEvent(100, formats.JSON.write));
const script = `
const cpuMs = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1000; };
const bootMs = cpuMs();
const { handler } = await import(process.argv[1]);
const importMs = cpuMs() - bootMs;
await handler(JSON.parse(process.argv[2]), { getRemainingTimeInMillis: () => 800_000 });
process.stderr.write(JSON.stringify({ importMs, replyMs: cpuMs() }));
process.exit();`;

/** The medians of a build, in milliseconds. */
export interface Cold {
  /** From the start of the process to the creation of its job. */
  readonly createdMs: number;
  /** CPU of the import; of a build that logs in at its start, with that. */
  readonly importMs: number;
  /** CPU of the process until the reply. */
  readonly replyMs: number;
}

const env = {
  ...process.env,
  ...{ SALESFORCE_OBJECT: 'Contact', SALESFORCE_URI: org.url, SALESFORCE_SECRET_ID: 'bench' },
  ...{ AWS_REGION: 'eu-west-1', AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.url },
  ...{ AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local', UNKNOWN_FIELDS: 'drop' },
};

async function coldOf(path: string): Promise<Cold> {
  org.reset();
  const begin = Date.now();
  const node = [...nodeOptions(512).split(' '), '--no-warnings', '--input-type=module'];
  const args = [...node, '--eval', script, resolve(path), event];
  const { stderr } = await promisify(execFile)(process.execPath, args, { env });
  const created = org.requests().find(({ call }) => call === 'create' || call === 'multipart');
  const cpu = JSON.parse(stderr.slice(stderr.lastIndexOf('{'))) as Omit<Cold, 'createdMs'>;
  return { createdMs: (created?.at ?? Number.NaN) - begin, ...cpu };
}

const rounds = new Map(modules.map((path) => [path, [] as Cold[]]));
for (let round = 0; round < Number(count); round++) {
  for (const [path, seen] of rounds) seen.push(await coldOf(path));
}
const medians = [...rounds.values()].map((seen): Cold => {
  const of = (key: keyof Cold) => median(seen.map((one) => one[key]));
  return { createdMs: of('createdMs'), importMs: of('importMs'), replyMs: of('replyMs') };
});
console.log(JSON.stringify(medians));
await org.close();
await secrets.close();
process.exit();
