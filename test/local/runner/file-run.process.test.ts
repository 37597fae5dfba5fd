import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { PACES, startEmulator } from 'salesforce-bulk-emulator';
import { expect, onTestFinished, test } from 'vitest';
import { mainPath, outputOf, runLocal } from './run-local.ts';

const document = readFileSync('docs/LOCAL.md', 'utf8').split('## From a file')[1] ?? '';
const [, command = ''] = /```sh\n([^`]+)\n```/.exec(document) ?? [];
const [, shown = ''] = /```\n(msk-salesforce-sink on [^`]+)```/.exec(document) ?? [];

/** The lines of an output without times and ports. */
const steady = (output: string): string[] =>
  output
    .trim()
    .split('\n')
    .map((line) => line.replace(/in \d+\.\d s|:\d{4,5}\b/g, '#'));

const upsert = { SALESFORCE_EXTERNAL_ID_FIELD: 'ExternalId__c', TOMBSTONES: 'delete' };
const topic = 'local/topics/contact.jsonl';

test('the command of README.md, in a shell, does what docs/LOCAL.md shows', async () => {
  expect(readFileSync('README.md', 'utf8')).toContain(`\`\`\`sh\n${command}\n\`\`\``);
  const line = command.replace('npm run local --', `'${process.execPath}' '${mainPath}'`);
  const { status, out, error } = await outputOf(spawn('sh', ['-c', line], { env: {} }));

  expect({ status, error }).toEqual({ status: 0, error: '' });
  expect(steady(out)).toEqual(steady(shown));
});

test('records that become no rows are shown with code and reason, and are no failure', async () => {
  const recorded = 'test/decode/fixtures/debezium/envelope.jsonl';
  const map = '{"id":"ExternalId__c","last_name":"LastName","email":"Email","born":"Birthdate"}';
  const settings = { ...upsert, FIELD_MAP: map, UNKNOWN_FIELDS: 'drop' };
  const { status, out } = await runLocal(['--file', recorded, '--operation', 'upsert'], settings);

  expect(status).toBe(0);
  expect(out).toContain('! db.public.contact-0@1 sent to the errant queue: DATE_OUT_OF_RANGE');
  expect(out).toContain('In the errant queue: 2 records');
  expect(out).toMatch(/ {2}db\.public\.contact-0@2 {2}DATE_OUT_OF_RANGE {2}"Birthdate": a date is/);
});

test('a batch that keeps failing ends the run with its error, after three attempts', async () => {
  const settings = { ...upsert, SALESFORCE_EXTERNAL_ID_FIELD: 'Nowhere__c' };
  const { status, out, error } = await runLocal(
    ['--file', topic, '--operation', 'upsert'],
    settings,
  );

  expect(status).toBe(1);
  expect(out).toContain('✗ flush 1  1 record, attempt 3  crm.public.contact-0@0  OBJECT_INVALID');
  expect(out).not.toContain('flush 2');
  expect(out).toContain('In the emulator: 0 Contacts');
  expect(error).toMatch(/^Flush 1 failed 3 times, so the run ends: OBJECT_INVALID: .+\n$/);
});

test('an org can be written instead, whose rows are not shown', async () => {
  const org = await startEmulator({ pace: PACES.fast });
  onTestFinished(() => org.close());
  const map = { id: 'ExternalId__c', last_name: 'LastName' };
  const { status, out } = await runLocal(
    ['--file', topic, '--operation', 'upsert', '--batch-size', '8', '--salesforce', org.url],
    {
      ...{ ...upsert, FIELD_MAP: JSON.stringify(map), UNKNOWN_FIELDS: 'drop' },
      ...{ SALESFORCE_CLIENT_ID: 'local-client', SALESFORCE_CLIENT_SECRET: 'local-secret' },
    },
  );

  expect(status).toBe(0);
  expect(out).toMatch(/✓ flush 1 {2}8 records in .+\nIn the errant queue: 0 records\n$/);
  expect(org.records('Contact')).toHaveLength(3);
});

test('an object that the emulated org does not have is refused in one line', async () => {
  expect(await runLocal(['--file', topic, '--object', 'Nowhere__c'])).toEqual({
    status: 1,
    out: '',
    error: '--object: the emulated org has no object Nowhere__c.\nTry npm run local -- --help.\n',
  });
});

test('an interrupt ends the run before the end of the file, after the flush in progress', async () => {
  const args = [mainPath, '--file', topic, '--operation', 'upsert'];
  const child = spawn(process.execPath, args, { env: { ...upsert, UNKNOWN_FIELDS: 'drop' } });
  child.stdout.on('data', (chunk: Buffer) => {
    if (chunk.toString().includes('flush 1')) child.kill('SIGINT');
  });
  const { status, out } = await outputOf(child);

  expect(status).toBe(130);
  expect(out).toContain('Stopping after the invocations in flight');
  expect(out).not.toContain('flush 8');
  expect(out).toMatch(/\nStopped\.\n$/);
});
