// Measures the memory of a process of a built function over five flushes of 10,000 records (6 MB) with
// upload, results and ledger, the servers in another process:
// `node bench/measure-process.ts dist/sink.mjs`, with `plain` behind it without the NODE_OPTIONS of the
// stack; prints JSON.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { PACES, startEmulator } from 'salesforce-bulk-emulator';
import { nodeOptions } from '../infra/stack/node-options.ts';
import { startLedgerTable } from '../local/aws/ledger-table.ts';
import { startSecretsManager } from '../local/aws/secrets-manager.ts';
import { formats } from './formats.ts';
import { type Contact, contactEvent } from './records.ts';

/** Peak memory of a process, in MB. */
export interface Memory {
  readonly firstMb: number;
  /** Over all flushes. */
  readonly warmMb: number;
}

const flushes = 5;

/** Reads each event from a file as Lambda's runtime reads it from its API, and notes the peak so far. */
const script = `
const { readFileSync } = await import('node:fs');
const { handler } = await import(process.argv[1]);
const peaks = [];
for (const path of process.argv.slice(2)) {
  await handler(JSON.parse(readFileSync(path, 'utf8')), { getRemainingTimeInMillis: () => 800_000 });
  peaks.push(process.resourceUsage().maxRSS / 1024);
}
process.stderr.write(JSON.stringify(peaks));
process.exit();`;

const secret = JSON.stringify({ clientId: 'local-client', clientSecret: 'local-secret' });
const [secrets, org, table] = await Promise.all([
  startSecretsManager({ bench: secret }),
  startEmulator({ pace: PACES.fast }),
  startLedgerTable(),
]);
/** One contact in a hundred is rejected, so that the results of all are read. */
const write = (given: Contact) =>
  formats.JSON.write(
    Number(given['Visits__c']) % 100 === 0 ? { ...given, LastName: 'x'.repeat(100) } : given,
  );
const folder = mkdtempSync(join(tmpdir(), 'bench-'));
const paths = Array.from({ length: flushes }, (_, index) => {
  const path = join(folder, `event-${index}.json`);
  writeFileSync(path, JSON.stringify(contactEvent(10_000, write, index * 10_000)));
  return path;
});
const env = {
  ...process.env,
  SALESFORCE_OBJECT: 'Contact',
  SALESFORCE_URI: org.url,
  SALESFORCE_SECRET_ID: 'bench',
  AWS_REGION: 'eu-west-1',
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.url,
  AWS_ENDPOINT_URL_DYNAMODB: table.url,
  LEDGER_TABLE: table.tableName,
  UNKNOWN_FIELDS: 'drop',
  ERRORS_TOLERANCE: 'all',
};
const node = [
  ...(process.argv[3] === 'plain' ? [] : nodeOptions(512).split(' ')),
  '--no-warnings',
  '--input-type=module',
  '--eval',
  script,
];
const options = { env, maxBuffer: 64 * 1024 * 1024 };
const modulePath = resolve(process.argv[2] ?? 'dist/sink.mjs');
const { stderr } = await promisify(execFile)(
  process.execPath,
  [...node, modulePath, ...paths],
  options,
);
const peaks = JSON.parse(stderr.slice(stderr.lastIndexOf('['))) as number[];
const memory: Memory = { firstMb: peaks[0] ?? 0, warmMb: peaks.at(-1) ?? 0 };
console.log(JSON.stringify(memory));
rmSync(folder, { recursive: true });
process.exit();
