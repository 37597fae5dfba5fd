// Measures cold processes of built functions, from their start to the creation of their first job:
// `node bench/measure-cold.ts 15 dist/sink.mjs /other/dist/sink.mjs`; prints JSON.
import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { startEmulator } from 'salesforce-bulk-emulator';
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
const { handler } = await import(process.argv[1]);
await handler(JSON.parse(process.argv[2]), { getRemainingTimeInMillis: () => 800_000 });
process.exit();`;

const env = {
  ...process.env,
  ...{ SALESFORCE_OBJECT: 'Contact', SALESFORCE_URI: org.url, SALESFORCE_SECRET_ID: 'bench' },
  ...{ AWS_REGION: 'eu-west-1', AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.url },
  ...{ AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local', UNKNOWN_FIELDS: 'drop' },
};

/** Milliseconds from the start of a process to the creation of its job. */
async function coldMs(path: string): Promise<number> {
  org.reset();
  const begin = Date.now();
  const options = ['--no-warnings', '--input-type=module', '--eval', script, resolve(path), event];
  await promisify(execFile)(process.execPath, options, { env });
  const created = org.requests().find(({ call }) => call === 'create' || call === 'multipart');
  return (created?.at ?? Number.NaN) - begin;
}

const times = new Map(modules.map((path) => [path, [] as number[]]));
for (let round = 0; round < Number(count); round++) {
  for (const [path, taken] of times) taken.push(await coldMs(path));
}
console.log(JSON.stringify(Object.fromEntries([...times].map(([path, ms]) => [path, median(ms)]))));
await org.close();
await secrets.close();
process.exit();
