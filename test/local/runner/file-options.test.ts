import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readOptions } from '../../../local/runner/options.ts';
import { UsageError } from '../../../local/runner/usage-error.ts';

/** The path of a file with this text. */
function givenFile(text: string): string {
  const directory = mkdtempSync(join(tmpdir(), 'record-file-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const path = join(directory, 'records.jsonl');
  writeFileSync(path, text);
  return path;
}

const lines = (count: number) => '{"LastName":"A"}\n'.repeat(count);

test('a file is enough', () => {
  const file = givenFile('{"topic":"contacts","key":"K","value":{"LastName":"A"}}\n');
  expect(readOptions(['--file', file], {})).toMatchObject({
    file,
    records: [{ topic: 'contacts', offset: 0, key: Buffer.from('K') }],
    ...{ maxRecords: 1, timeoutMs: 840_000, object: null, operation: null, salesforce: null },
    ...{ ledger: true, verbose: false },
  });
});

test('what does not concern a cluster can be chosen', () => {
  const chosen = ['--object', 'Lead', '--operation', 'update', '--ledger', 'off', '--verbose'];
  const limits = ['--batch-size', '10000', '--timeout', '30'];
  expect(readOptions(['--file', givenFile(lines(1)), ...chosen, ...limits], {})).toMatchObject({
    ...{ object: 'Lead', operation: 'update', ledger: false, verbose: true },
    ...{ maxRecords: 10_000, timeoutMs: 30_000 },
  });
});

test.each([
  [10, 1],
  [11, 2],
  [2400, 240],
  [120_000, 10_000],
])('%i records are delivered in batches of %i', (count, maxRecords) => {
  expect(readOptions(['--file', givenFile(lines(count))], {})).toMatchObject({ maxRecords });
});

test.each([
  [['--brokers', 'a:1'], '--brokers'],
  [['--topic', 't', '--brokers', 'a:1'], '--brokers, --topic'],
  [['--group', 'g', '--from', 'latest'], '--group, --from'],
  [['--window', '5', '--concurrency', '2'], '--window, --concurrency'],
  [['--tls', '--ca', 'ca.pem', '--sasl', 'PLAIN', '--username', 'u'], '--sasl, --username, --tls'],
])('%j beside a file is refused', (args, names) => {
  const read = () => readOptions(['--file', givenFile(lines(1)), ...args], {});
  expect(read).toThrow(UsageError);
  expect(read).toThrow(`--file reads no cluster: leave out ${names}`);
});

test.each([
  ['', 'has no records.'],
  ['\n \n', 'has no records.'],
  ['{"a":1}\n\n{"a":', 'line 3: not JSON.'],
  ['{"ofset":1,"value":1}', 'line 1: a record has no "ofset"; did you mean offset?'],
  ['{"offset":-1,"value":1}', 'line 1: offset: takes a whole number from 0'],
])('a file with %j is refused in one line', (text, message) => {
  const file = givenFile(text);
  expect(() => readOptions(['--file', file], {})).toThrow(UsageError);
  expect(() => readOptions(['--file', file], {})).toThrow(message);
});

test('a file that cannot be read is refused in one line', () => {
  expect(() => readOptions(['--file', '/no/such.jsonl'], {})).toThrow(
    '--file cannot read /no/such.jsonl (ENOENT).',
  );
});
