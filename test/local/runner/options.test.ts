import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readOptions } from '../../../local/runner/options.ts';
import { UsageError } from '../../../local/runner/usage-error.ts';

const requiredArguments = ['--brokers', 'localhost:9092', '--topic', 'contacts'];

const read = (args: readonly string[], environment: Record<string, string> = {}) =>
  readOptions([...requiredArguments, ...args], environment);

test('brokers and a topic are enough', () => {
  expect(readOptions(requiredArguments, {})).toStrictEqual({
    access: { brokers: ['localhost:9092'], tls: null, sasl: null },
    topics: ['contacts'],
    group: 'msk-salesforce-sink-local',
    from: 'TRIM_HORIZON',
    maxRecords: 10_000,
    windowMs: 5000,
    timeoutMs: 840_000,
    concurrency: 2,
    object: null,
    operation: null,
    salesforce: null,
    schemaRegistry: null,
    ledger: true,
    verbose: false,
    view: 'auto',
  });
});

test('brokers and topics may be lists, options given several times, and IPv6 addresses', () => {
  const args = ['--brokers', 'a:1, b:2', '--brokers', '[::1]:3', '--topic', 'x,y', '--topic', 'x'];
  const options = readOptions(args, {});

  expect(options).toMatchObject({
    access: { brokers: ['a:1', 'b:2', '[::1]:3'] },
    topics: ['x', 'y'],
  });
});

test('every option is taken', () => {
  const options = read(
    [
      ...['--group', 'team/a:1', '--from', 'latest', '--batch-size', '1', '--window', '0'],
      ...['--timeout', '30', '--concurrency', '4', '--object', 'Lead', '--operation', 'upsert'],
      ...['--tls', '--sasl', 'scram-sha-512', '--username', 'ann', '--verbose'],
      ...['--salesforce', 'https://acme.my.salesforce.com', '--ledger', 'off'],
    ],
    {
      ...{ KAFKA_PASSWORD: 'p', SALESFORCE_CLIENT_ID: 'id', SALESFORCE_CLIENT_SECRET: 'secret' },
      ...{ SCHEMA_REGISTRY_USER: 'reader', SCHEMA_REGISTRY_PASSWORD: 'pin' },
    },
  );

  expect(options).toMatchObject({
    access: {
      tls: { ca: null },
      sasl: { mechanism: 'SCRAM-SHA-512', username: 'ann', password: 'p' },
    },
    ...{ group: 'team/a:1', from: 'LATEST', maxRecords: 1, windowMs: 0, timeoutMs: 30_000 },
    ...{ concurrency: 4, object: 'Lead', operation: 'upsert', verbose: true, ledger: false },
    salesforce: {
      ...{ url: 'https://acme.my.salesforce.com', clientId: 'id', clientSecret: 'secret' },
    },
    schemaRegistry: { user: 'reader', password: 'pin' },
  });
});

test('a certificate authority is read from its file', () => {
  const directory = mkdtempSync(join(tmpdir(), 'runner-options-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  writeFileSync(join(directory, 'ca.pem'), 'PEM');

  const options = read(['--tls', '--ca', join(directory, 'ca.pem')]);
  expect(options).toMatchObject({ access: { tls: { ca: 'PEM' } } });
});

test.each(['-h', '--help'])('%s asks for help, whatever else is missing', (help) => {
  expect(readOptions([help], {})).toBe(null);
});

test.each([
  [
    [],
    'Name what to read: --brokers and --topic, or --file. With npm run, the options come after "--".',
  ],
  [
    ['--topic', 't'],
    '--brokers is missing: name a broker as host:port. With npm run, the options come after "--".',
  ],
  [
    ['--brokers', 'a:1'],
    '--topic is missing: name the topic to read. With npm run, the options come after "--".',
  ],
  [
    ['--brokers', 'a', '--topic', 't'],
    '--brokers takes host:port, such as localhost:9092, not "a".',
  ],
  [['--brokers', 'http://a:1', '--topic', 't'], 'not "http://a:1".'],
  [['--brokers', 'a:0', '--topic', 't'], 'not "a:0".'],
  [['--brokers', 'a:65536', '--topic', 't'], 'not "a:65536".'],
  [['--window', '1', '--window', '2'], '--window is given twice; give it once.'],
  [['--broker', 'a:1'], "Unknown option '--broker'."],
  [['contacts'], "Unexpected argument 'contacts'."],
])('%j is refused in one line', (args, message) => {
  expect(() => readOptions(args, {})).toThrow(UsageError);
  expect(() => readOptions(args, {})).toThrow(message);
});

test.each([
  [['--batch-size', '10001'], '--batch-size takes a whole number from 1 to 10000, not "10001".'],
  [['--batch-size', '1.5'], '--batch-size takes a whole number'],
  [['--window', '301'], '--window takes a whole number from 0 to 300, not "301".'],
  [['--timeout', '0'], '--timeout takes a whole number from 1 to 840, not "0".'],
  [['--concurrency', 'x'], '--concurrency takes a whole number from 1 to 100, not "x".'],
  [['--from', 'middle'], '--from takes TRIM_HORIZON (or earliest) or LATEST, not "middle".'],
  [['--group', 'a group'], '--group takes 1 to 200 letters, digits and -/*:_+=.@ characters.'],
  [['--ca', 'x.pem'], '--ca is for TLS: add --tls.'],
  [['--tls', '--ca', '/no/such.pem'], '--ca cannot read /no/such.pem (ENOENT).'],
  [['--ledger', 'maybe'], '--ledger takes on or off, not "maybe".'],
  [
    ['--salesforce', 'http://acme.my.salesforce.com'],
    '--salesforce takes the https URL of an org (http for this machine only).',
  ],
  [
    ['--salesforce', 'https://acme.my.salesforce.com'],
    '--salesforce needs SALESFORCE_CLIENT_ID and SALESFORCE_CLIENT_SECRET in the environment.',
  ],
])('%j beside brokers and topic is refused in one line', (args, message) => {
  expect(() => read(args)).toThrow(UsageError);
  expect(() => read(args)).toThrow(message);
});

test.each(['SCHEMA_REGISTRY_USER', 'SCHEMA_REGISTRY_PASSWORD'])('%s alone is refused', (name) => {
  expect(() => read([], { [name]: 'pin-4711' })).toThrow(
    'SCHEMA_REGISTRY_USER and SCHEMA_REGISTRY_PASSWORD are needed together.',
  );
});

test("npm's own level and certificate are known from the options that it kept", () => {
  const line = ['--brokers', 'a:1', '--topic', 'x'];
  const own = { npm_lifecycle_event: 'local' };
  expect(readOptions(line, { ...own, npm_config_loglevel: 'verbose' })).toMatchObject({
    verbose: true,
  });
  const pem = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----';
  expect(readOptions(line, { ...own, npm_config_ca: pem })).toMatchObject({ verbose: false });
  expect(() => readOptions(line, { ...own, npm_config_ca: 'ca.pem' })).toThrow(
    'npm run local -- --ca ca.pem',
  );
});
