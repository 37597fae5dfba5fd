import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Emulator, startEmulator } from 'salesforce-bulk-emulator';
import { expect, test } from 'vitest';
import { hasPart } from '../support/parts.ts';
import { CLIENTS, type Client, commandOf } from './clients.ts';

const README = readFileSync(join(import.meta.dirname, 'README.md'), 'utf8');
const printed = README.split('```\n')
  .find((block) => block.startsWith('insert: '))
  ?.replace(/\n$/, '');

/** What the program of a client prints; the note is why it cannot run. */
async function run(
  client: Client,
  emulator: Emulator,
  program?: string,
): Promise<{ stdout: string } | { note: string }> {
  const command = commandOf(client, program);
  if (typeof command === 'string') {
    hasPart('clients', command);
    return { note: command };
  }
  const { stdout } = await promisify(execFile)(command.file, command.args, {
    cwd: client.folder,
    env: { ...process.env, ...command.env, SALESFORCE_URI: emulator.url },
  });
  return { stdout };
}

/** salesforce-api returns no `sf__Created`, and no rows of a job that failed. */
function asSalesforceApi(text = ''): string {
  const rows = text.slice(0, text.lastIndexOf('insert: ')).replaceAll(/, created: \w+$/gm, '');
  return `${rows}insert: InternalServerError : Processing failed`;
}

const MINUTES = 5 * 60_000;

test.concurrent.for(CLIENTS)(
  '$name inserts, updates, upserts, deletes, and reads what became of every row',
  { timeout: MINUTES },
  async (client, { skip }) => {
    await using emulator = await open();
    // The fifth job fails after its first row.
    emulator.fault({ job: 'fail', afterRows: 1, skip: 4 });
    const ran = await run(client, emulator);
    if ('note' in ran) return skip(ran.note);
    const expected = client.name === 'salesforce-api' ? asSalesforceApi(printed) : printed;
    expect(ran.stdout.trimEnd()).toBe(expected);
    expect(emulator.records('Contact')).toMatchObject([{ LastName: 'Dee' }]);
    expect(emulator.jobs().map(({ operation, state }) => `${operation} ${state}`)).toEqual([
      'insert JobComplete',
      'update JobComplete',
      'upsert JobComplete',
      'delete JobComplete',
      'insert Failed',
    ]);
  },
);

const readers: readonly [string, string][] = [
  [
    'salesforce-cli',
    [
      'query: Bob of Acme',
      'query: Ada of Acme',
      'LastName,Account.Name',
      'Bob,Acme',
      'Ada,Acme',
      'get record: Ada',
      'limits: DailyApiRequests 100000',
      'describe: Contact',
    ].join('\n'),
  ],
  [
    'simple-salesforce',
    ['query: Bob of Acme', 'query: Ada of Acme', 'get record: Ada', 'describe: Contact'].join('\n'),
  ],
];

test.concurrent.for(readers)(
  '%s queries, and reads a record and the description of its object',
  { timeout: MINUTES },
  async ([name, expected], { skip }) => {
    const client = CLIENTS.find((known) => known.name === name) as Client;
    await using emulator = await open();
    const acme = emulator.seed('Account', { Name: 'Acme' });
    for (const LastName of ['Ada', 'Bob']) emulator.seed('Contact', { LastName, AccountId: acme });
    emulator.seed('Contact', { LastName: 'Cyd' });
    const ran = await run(client, emulator, 'read');
    if ('note' in ran) return skip(ran.note);
    expect(ran.stdout.trimEnd()).toBe(expected);
  },
);

async function open(): Promise<Emulator & AsyncDisposable> {
  const emulator = await startEmulator();
  return { ...emulator, [Symbol.asyncDispose]: () => emulator.close() };
}
