import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { stringify } from 'yaml';
import { adopt } from '../../../cli/adopt/adopt.ts';
import { readConnector } from '../../../cli/adopt/connector.ts';
import { runAdopt } from '../../../cli/adopt/run.ts';
import { read, sampleClusterArn } from '../../infra/given.ts';
import { root } from '../../infra/template.ts';
import { runCommand } from '../../support/run-command.ts';

const connectorConfig = {
  'connector.class': 'io.aiven.kafka.connect.salesforce.sink.SalesforceSinkConnector',
  topics: 'contacts',
  'salesforce.bulk.api.sink.object': 'Contact',
  'salesforce.client.id': 'the-client-id',
  'salesforce.client.secret': 'the-client-secret',
  'salesforce.uri': 'https://acme.my.salesforce.com',
  'errors.tolerance': 'all',
};

const adopted = (config: Record<string, unknown>) =>
  adopt(readConnector(JSON.stringify({ name: 'crm', config: { ...connectorConfig, ...config } })));
const sinkOf = (config: Record<string, unknown>) => Object.values(adopted(config).sinks)[0]!;
const settingsOf = (config: Record<string, unknown>) => sinkOf(config).settings;

describe('a connector', () => {
  test.each([
    ['with its name', { name: 'crm', config: connectorConfig }],
    ['as its configuration alone', { ...connectorConfig, name: 'crm' }],
  ])('%s becomes a sink that continues in its consumer group', (_, json) => {
    expect(adopt(readConnector(JSON.stringify(json))).sinks).toEqual({
      crm: {
        topic: 'contacts',
        object: 'Contact',
        salesforceUri: 'https://acme.my.salesforce.com',
        consumerGroup: 'connect-crm',
        settings: { ERRORS_TOLERANCE: 'all' },
      },
    });
  });

  test('becomes an entry that a sinks file takes as it is', () => {
    const { sinks } = adopted({
      'salesforce.max.retries': '5',
      'value.converter.schemas.enable': 'false',
    });
    const source = stringify({
      shared: { kafka: { kind: 'msk', clusterArn: sampleClusterArn } },
      sinks,
    });
    expect(read(source).problems).toEqual([]);
  });

  test('of several topics becomes several sinks, the first of which keeps its group', () => {
    const { sinks, warnings } = adopted({ topics: 'crm.contacts, Leads_1' });
    expect(sinks).toMatchObject({
      'crm-contacts': { topic: 'crm.contacts', consumerGroup: 'connect-crm' },
      'leads-1': { topic: 'Leads_1' },
    });
    expect(sinks['leads-1']).not.toHaveProperty('consumerGroup');
    expect(warnings).toContainEqual(expect.stringMatching(/^topics: each topic becomes a sink/));
  });

  test('of another kind is refused', () => {
    const other = JSON.stringify({ ...connectorConfig, 'connector.class': 'HttpSinkConnector' });
    expect(() => readConnector(other)).toThrow('connector.class is "HttpSinkConnector"');
    expect(() => readConnector('[]')).toThrow('it is not a connector');
    expect(() => readConnector('{"a": the-client-secret')).toThrow(/^it is not JSON$/);
  });
});

test.each<[Record<string, unknown>, Record<string, unknown>]>([
  [{ 'salesforce.api.version': 'v61.0' }, { SALESFORCE_API_VERSION: 'v61.0' }],
  [{ 'salesforce.max.retries': 5 }, { SALESFORCE_MAX_RETRIES: 5 }],
  [{ 'salesforce.status.check.wait': '3600' }, { POLL_MAX_WAIT_SECONDS: 300 }],
  [
    { 'salesforce.oauth.uri': 'https://proxy.acme.example/token' },
    { SALESFORCE_OAUTH_URI: 'https://proxy.acme.example/token' },
  ],
  [
    { 'value.converter': 'org.apache.kafka.connect.json.JsonConverter' },
    { VALUE_FORMAT: 'connect-json' },
  ],
  [
    {
      'value.converter': 'org.apache.kafka.connect.json.JsonConverter',
      'value.converter.schemas.enable': 'false',
    },
    { VALUE_FORMAT: 'json' },
  ],
  [
    {
      'value.converter': 'io.confluent.connect.avro.AvroConverter',
      'value.converter.schema.registry.url': 'https://r.example',
    },
    { VALUE_FORMAT: 'avro', SCHEMA_REGISTRY_URL: 'https://r.example' },
  ],
  [{ 'errors.tolerance': 'none' }, { ERRORS_TOLERANCE: 'none' }],
])('%j becomes the settings %j', (config, settings) => {
  expect(settingsOf(config)).toEqual({ ERRORS_TOLERANCE: 'all', ...settings });
});

test('a value that equals the default is left out', () => {
  const config = {
    'salesforce.api.version': 'v65.0',
    'salesforce.oauth.uri': 'https://acme.my.salesforce.com/services/oauth2/token',
  };
  expect(settingsOf(config)).toEqual({ ERRORS_TOLERANCE: 'all' });
  expect(adopted({ ...config, 'tasks.max': '1', name: 'crm' }).warnings).toEqual([
    expect.stringMatching(/^errors\.tolerance also applies to rows that Salesforce rejects/),
  ]);
});

test("the fork's operation and external id are adopted, as are the worker's times", () => {
  const config = {
    'salesforce.bulk.api.sink.operation': 'upsert',
    'salesforce.bulk.api.sink.external.id.field': 'Ext__c',
    'offset.flush.interval.ms': '30000',
    'offset.flush.timeout.ms': '5000',
    'salesforce.uri': 'https://acme.my.salesforce.com//',
    'consumer.override.group.id': 'own',
  };
  expect(sinkOf(config)).toMatchObject({
    operation: 'upsert',
    externalIdField: 'Ext__c',
    batchingWindow: 30,
    salesforceUri: 'https://acme.my.salesforce.com',
    consumerGroup: 'own',
  });
  // In Kafka Connect it bounds no flush of a sink; a job of two minutes must not fail here either.
  expect(sinkOf(config)).not.toHaveProperty('timeout');
  expect(adopted(config).warnings).toContainEqual(
    expect.stringMatching(/^offset\.flush\.timeout\.ms limits no flush of a sink/),
  );
});

test.each([
  ['earliest', 'TRIM_HORIZON'],
  ['latest', 'LATEST'],
])('auto.offset.reset %s becomes the starting position %s', (value, startingPosition) => {
  const config = { 'consumer.override.auto.offset.reset': value };
  expect(sinkOf(config)).toMatchObject({ startingPosition });
  expect(adopted(config).warnings.join()).not.toContain('auto.offset.reset');
});

test('auto.offset.reset none, which would stop the connector, has no equivalent', () => {
  const { warnings } = adopted({ 'consumer.override.auto.offset.reset': 'none' });
  expect(warnings).toContain(
    'consumer.override.auto.offset.reset none has no equivalent; set startingPosition',
  );
});

test.each([
  'tasks.max',
  'salesforce.max.retries',
  'salesforce.status.check.wait',
  'salesforce.bulk.api.sink.record.operation.field',
  'salesforce.max.records',
  'salesforce.soql.query.wait',
  'topic.prefix',
  'kafka.retry.backoff.ms',
  'data.compression.type',
  'offset.flush.interval.ms',
  'key.converter',
  'key.converter.schemas.enable',
  'value.converter.basic.auth.user.info',
  'errors.deadletterqueue.topic.name',
  'errors.retry.timeout',
  'topics.regex',
  'transforms',
  'consumer.override.max.poll.records',
  'something.of.ours',
])('%s has no equivalent, or another meaning, and a warning says so', (key) => {
  expect(adopted({ [key]: '7' }).warnings).toContainEqual(expect.stringMatching(`^${key} `));
});

const keys =
  readFileSync('docs/MIGRATION.md', 'utf8').split('## Keys\n')[1]?.split('\n## ')[0] ?? '';
const listed = [...keys.matchAll(/^\| (`.+?) \|/gm)].flatMap(([, cell = '']) =>
  [...cell.matchAll(/`([^`]+)`/g)].map(([, key = '']) => key),
);

test.each(listed)('%s, which docs/MIGRATION.md lists, is known', (key) => {
  expect(adopted({ [key]: '1' }).warnings.join('\n')).not.toContain('is unknown');
});

test.each([
  ['login', 'https://login.salesforce.com'],
  ['a sandbox', 'https://test.salesforce.com'],
])('the address of %s is warned of, since client credentials need a My Domain', (_, uri) => {
  const { warnings } = adopted({
    'salesforce.uri': uri,
    'salesforce.oauth.uri': `${uri}/services/oauth2/token2`,
  });
  expect(warnings.join('\n')).toMatch(/salesforce\.uri is not a My Domain URL/);
  expect(warnings.join('\n')).toMatch(/salesforce\.oauth\.uri is left out/);
});

test('a connector without errors.tolerance tolerates none, as in Connect', () => {
  const { 'errors.tolerance': _, ...config } = connectorConfig;
  const { sinks, warnings } = adopt({ name: 'crm', config });
  expect(sinks['crm']?.settings).toEqual({ ERRORS_TOLERANCE: 'none' });
  expect(warnings).toEqual([expect.stringMatching(/^errors\.tolerance is none by default/)]);
});

test('credentials in a config provider are recognised by their reference', () => {
  expect(adopted({}).credentials).toBe('given');
  expect(adopted({ 'salesforce.client.secret': `\${file:/run/x:secret}` }).credentials).toBe(
    'referred to',
  );
  expect(adopted({ 'salesforce.client.id': '' }).credentials).toBe('missing');
});

test('the value of an unknown key is never shown', () => {
  const key = fc
    .stringMatching(/^[a-z]{1,8}(\.[a-z]{1,8}){0,3}$/)
    .filter((text) => !(text in connectorConfig));
  fc.assert(
    fc.property(key, (name) => {
      const { sinks, warnings } = adopted({ [`x.${name}`]: 'Hidden-1234' });
      expect(JSON.stringify([sinks, warnings])).not.toContain('Hidden-1234');
    }),
  );
});

test('the command prints the entry, the command for the credentials and what differs, but no credentials', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'adopt-'));
  const file = join(folder, 'connector.json');
  await writeFile(
    file,
    JSON.stringify({ name: 'crm', config: { ...connectorConfig, 'tasks.max': 3 } }),
  );
  const { status, stdout, stderr } = await runCommand(runAdopt, [file, '--stage', 'prod']).finally(
    () => rm(folder, { recursive: true }),
  );

  expect(status).toBe(0);
  expect(stdout).toContain('# For infra/sinks/prod.yml');
  expect(stdout).toContain('crm:\n  topic: contacts\n');
  expect(stderr).toContain(`${file} | npm run secret -- --stage prod`);
  expect(stderr).toContain('! tasks.max of 3 has no equivalent');
  expect(stdout + stderr).not.toMatch(/the-client-id|the-client-secret/);
});

test('entries that have much in common are each whole, of a file that Windows wrote too', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'adopt-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'connector.json');
  const config = { ...connectorConfig, topics: 'crm.a,crm.b', 'errors.tolerance': 'all' };
  await writeFile(file, `\uFEFF${JSON.stringify({ name: 'crm', config }, null, 2)}`);
  const { stdout, stderr } = await runCommand(runAdopt, [file]);

  expect(stdout).not.toMatch(/[&*]a1/);
  expect(stdout.match(/ERRORS_TOLERANCE: all/g)).toHaveLength(2);
  expect(stderr).not.toContain('cannot be adopted');
  expect(await runCommand(runAdopt, [file, '--stage', 'a b'])).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('--stage takes letters, digits and hyphens; it is "a b"'),
  });
});

test('a login in the address of a registry is not shown', () => {
  const key = 'value.converter.schema.registry.url';
  const config = { [key]: 'https://the-reader:the-pass@r.example/apis' };
  const { warnings } = adopted(config);

  expect(settingsOf(config)).toMatchObject({ SCHEMA_REGISTRY_URL: 'https://r.example/apis' });
  expect(warnings.join('\n')).toMatch(/registry\.url has a login, .*schemaRegistryUser/);
  expect(JSON.stringify(adopted(config))).not.toMatch(/the-reader|the-pass/);
});

test.each([
  ['USER_INFO', false],
  ['SASL_INHERIT', true],
])('a login by %s is warned of: %s', (source, warned) => {
  const key = 'value.converter.basic.auth.credentials.source';
  expect(adopted({ [key]: source }).warnings.some((line) => line.startsWith(key))).toBe(warned);
});

test('the command says what is wrong with a file, and nothing of what is in it', async () => {
  expect(await runCommand(runAdopt, [])).toEqual({
    status: 1,
    stdout: '',
    stderr: expect.stringMatching(
      /^Name one file, the JSON of the connector: .*\nTry .* --help\.\n$/,
    ),
  });
  expect(await runCommand(runAdopt, [join(root, 'README.md')])).toMatchObject({
    status: 1,
    stdout: '',
    stderr: expect.stringMatching(
      /README\.md cannot be adopted: it is not JSON\nTry .* --help\.\n$/,
    ),
  });
  expect(await runCommand(runAdopt, ['nowhere.json'])).toMatchObject({
    status: 1,
    stderr: 'cannot read nowhere.json (ENOENT)\nTry npm run adopt -- --help.\n',
  });
});

test("AWS Glue's converters become glueSchemas, and Apicurio's URL the registry", () => {
  const glue = 'com.amazonaws.services.schemaregistry.kafkaconnect';
  for (const converter of ['AWSKafkaAvroConverter', 'protobuf.ProtobufSchemaConverter']) {
    const config = { 'value.converter': `${glue}.${converter}` };
    expect(sinkOf(config)).toMatchObject({ glueSchemas: true });
    expect(settingsOf(config)).not.toHaveProperty('VALUE_FORMAT');
  }
  const apicurio = {
    'value.converter': 'io.apicurio.registry.utils.converter.AvroConverter',
    'value.converter.apicurio.registry.url': 'https://r.example/apis/registry/v3',
  };
  expect(settingsOf({ ...apicurio })).toMatchObject({
    ...{ VALUE_FORMAT: 'avro', SCHEMA_REGISTRY_URL: 'https://r.example/apis/registry/v3' },
  });
});
