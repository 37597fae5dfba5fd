import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { sink, top } from '../../../infra/sinks-file/schema.ts';
import {
  fileWith,
  KEY,
  type Keys,
  MSK_SECRET,
  NETWORK,
  PLACE,
  read,
  SECRET,
  SELF_MANAGED,
  stageWith,
} from '../given.ts';

const problemsOf = (keys: Keys, others: Keys = {}) => read(fileWith(keys, others)).problems;

describe('a sink that says no more than it must', () => {
  const [sink] = stageWith({}).sinks;

  test('has the defaults of the README', () => {
    expect(sink).toEqual({
      name: 'contacts',
      functionName: 'msk-salesforce-sink-test-contacts',
      topic: 'contacts',
      object: 'Contact',
      salesforceUri: 'https://acme.my.salesforce.com',
      salesforceSecret: 'msk-salesforce-sink/test/salesforce',
      kafka: { kind: 'msk', clusterArn: expect.stringContaining(':cluster/crm/'), auth: 'iam' },
      consumerGroup: 'msk-salesforce-sink-test-contacts',
      batchSize: 10_000,
      batchingWindow: 60,
      startingPosition: 'TRIM_HORIZON',
      enabled: true,
      memory: 512,
      timeout: 840,
      ledger: true,
      lagAlarm: 100_000,
      settings: {},
    });
  });
});

test('what sinks share is taken from there, unless they say otherwise; settings add up', () => {
  const shared = {
    batchSize: 500,
    memory: 1024,
    settings: { VALUE_FORMAT: 'json', UPLOAD_MODE: 'staged' },
  };
  const { sinks } = stageWith({ memory: 256, settings: { VALUE_FORMAT: 'auto' } }, { shared });

  expect(sinks).toMatchObject([
    { batchSize: 500, memory: 256, settings: { VALUE_FORMAT: 'auto', UPLOAD_MODE: 'staged' } },
  ]);
});

test('settings may be numbers, switches and maps, which the function gets as text', () => {
  const { sinks } = stageWith({ settings: { POLL_MAX_STEPS: 9, LOG: true, MAP: { a: 'A' } } });

  expect(sinks[0]?.settings).toEqual({ POLL_MAX_STEPS: '9', LOG: 'true', MAP: '{"a":"A"}' });
});

test('every problem is told at once, with its line, its sink and its key', () => {
  const source = [
    'regoin: us-east-1',
    'shared:',
    '  salesforceUri: http://localhost:4010',
    'sinks:',
    '  contacts:',
    '    topic: a b',
    '    batchSize: 10001',
    '    object: Contact',
    '    kafka: { kind: msk, clusterArn: nowhere }',
    '  Orders: {}',
    '  leads:',
    '    topic: leads',
    '    object: My Lead',
    '    retries: 3',
    '    settings: { VALUE_FORMAT: xml, POLL_STEPS: 3 }',
    '    kafka: { kind: msk, clusterArn: "arn:aws:kafka:eu-west-1:111122223333:cluster/a/b" }',
  ].join('\n');

  expect(read(source).problems).toEqual([
    'line 1: regoin is not known here; the README lists what is',
    'line 3: shared.salesforceUri is no https URL; take the My Domain URL of the org',
    'line 6: sink contacts, topic takes the name of one Kafka topic; it is "a b"',
    'line 7: sink contacts, batchSize takes a whole number from 1 to 10000; it is 10001',
    'line 9: sink contacts, kafka.clusterArn takes the ARN arn:aws:kafka:…:cluster/name/uuid; it is "nowhere"',
    'line 10: sink Orders needs a name of lower-case letters, digits and hyphens',
    'line 10: sink Orders, topic is missing; say it here or under shared',
    'line 10: sink Orders, object is missing; say it here or under shared',
    'line 10: sink Orders, kafka is missing; say it here or under shared',
    'line 13: sink leads, object got "My Lead"; it takes the API name of an object, such as `Contact` or `Order_Line__c`',
    'line 14: sink leads, retries needs provisioned pollers; add pollers: { min: 1 }, or leave it out',
    'line 14: sink leads, retries would drop records without a trace; add onFailure, or take -1',
    expect.stringMatching(/^line 15: sink leads, settings.VALUE_FORMAT got "xml"; it takes `auto`/),
    'line 15: sink leads, settings.POLL_STEPS is no setting of this function; README.md lists them',
    'line 16: sink leads, kafka.clusterArn is in eu-west-1, but region is us-east-1; make them the same',
  ]);
});

test.each<[string, Keys, RegExp]>([
  ['topic', { topic: '..' }, /topic takes the name of one Kafka topic/],
  [
    'window',
    { batchingWindow: 301 },
    /batchingWindow takes a whole number of seconds from 0 to 300/,
  ],
  [
    'batch as text',
    { batchSize: '500' },
    /batchSize takes a whole number from 1 to 10000; it is "500"/,
  ],
  ['memory', { memory: 128 }, /memory takes a whole number of MB from 256 to 10240; it is 128/],
  ['time-out', { timeout: 900 }, /timeout takes a whole number of seconds from 60 to 840/],
  [
    'position',
    { startingPosition: 'EARLIEST' },
    /startingPosition takes TRIM_HORIZON, LATEST or a time/,
  ],
  [
    'no such time',
    { startingPosition: '2026-13-01T00:00:00Z' },
    /startingPosition takes TRIM_HORIZON/,
  ],
  ['group', { consumerGroup: 'a b' }, /consumerGroup takes at most 200 letters/],
  [
    'group that MSK does not measure',
    { consumerGroup: 'a:b' },
    /consumerGroup has a colon, and MSK measures no lag/,
  ],
  [
    'a key of the other kind',
    { kafka: { ...SELF_MANAGED, auth: 'none', ...NETWORK, clusterArn: 'a' } },
    /kafka.clusterArn is not known here/,
  ],
  [
    'kind',
    { kafka: { kind: 'kafka' } },
    /kafka.kind takes a block with kind: msk, msk-serverless or self-managed/,
  ],
  [
    'secret',
    { salesforceSecret: 'a?' },
    /salesforceSecret takes the name of a secret, or its whole ARN/,
  ],
  [
    'what the stack sets',
    { settings: { SALESFORCE_URI: 'x' } },
    /settings.SALESFORCE_URI is set by the stack; use the key salesforceUri/,
  ],
  ['one missing setting', { object: '' }, /object is missing; it takes the API name of an object/],
])('%s is refused in one sentence', (_, keys, sentence) => {
  expect(problemsOf(keys).join('\n')).toMatch(sentence);
});

test.each<[string, Keys, string]>([
  [
    'serverless with SCRAM',
    {
      kind: 'msk-serverless',
      clusterArn: 'arn:aws:kafka:us-east-1:111122223333:cluster/a/b',
      auth: 'scram-512',
    },
    'kafka.auth takes iam, the only one that MSK Serverless has; it is "scram-512"',
  ],
  [
    'MSK SCRAM without a secret',
    {
      kind: 'msk',
      clusterArn: 'arn:aws:kafka:us-east-1:111122223333:cluster/a/b',
      auth: 'scram-512',
      secretKeyArn: KEY,
    },
    'kafka.secretArn is missing; auth scram-512 reads it',
  ],
  [
    'MSK SCRAM with any secret',
    {
      kind: 'msk',
      clusterArn: 'arn:aws:kafka:us-east-1:111122223333:cluster/a/b',
      auth: 'scram-512',
      secretArn: SECRET,
      secretKeyArn: KEY,
    },
    'kafka.secretArn is no secret that MSK knows; its name must begin with AmazonMSK_',
  ],
  [
    'MSK SCRAM under the default key',
    {
      kind: 'msk',
      clusterArn: 'arn:aws:kafka:us-east-1:111122223333:cluster/a/b',
      auth: 'scram-512',
      secretArn: MSK_SECRET,
    },
    'kafka.secretKeyArn is missing; MSK takes a SCRAM secret only under a KMS key of your own, whose ARN goes here',
  ],
  [
    'IAM with a secret',
    {
      kind: 'msk',
      clusterArn: 'arn:aws:kafka:us-east-1:111122223333:cluster/a/b',
      secretArn: SECRET,
    },
    'kafka.secretArn has no use with auth iam; leave it out',
  ],
  [
    'PLAIN without a secret',
    { ...SELF_MANAGED, auth: 'plain' },
    'kafka.secretArn is missing; auth plain reads it',
  ],
  [
    'nobody logs in from the internet',
    { ...SELF_MANAGED, auth: 'none' },
    'kafka.auth is none, which Lambda takes inside a VPC only; give subnetIds and securityGroupIds',
  ],
  [
    'subnets alone',
    { ...SELF_MANAGED, auth: 'none', subnetIds: ['subnet-0a1'] },
    'kafka.securityGroupIds is missing; subnets need security groups',
  ],
  [
    'groups alone',
    { ...SELF_MANAGED, auth: 'plain', secretArn: SECRET, securityGroupIds: ['sg-0a1'] },
    'kafka.subnetIds is missing; security groups need subnets',
  ],
  [
    'a broker without a port',
    { ...SELF_MANAGED, auth: 'none', ...NETWORK, bootstrapServers: ['b1'] },
    'kafka.bootstrapServers.0 takes host:port; it is "b1"',
  ],
])('the way into a cluster must fit: %s', (_, kafka, sentence) => {
  expect(problemsOf({ kafka })).toEqual([
    expect.stringMatching(`^line \\d+: sink contacts, ${sentence.replaceAll('.', '\\.')}$`),
  ]);
});

test.each([
  ['retries', -1],
  ['recordAge', -1],
  ['bisect', true],
  ['pollerLogs', 'INFO'],
  ['pollerMetrics', ['EventCount']],
  ['schemaRegistry', { uri: 'https://registry.acme.example' }],
])('%s needs provisioned pollers, and is taken with them', (key, value) => {
  expect(problemsOf({ [key]: value })).toEqual([
    expect.stringContaining(`${key} needs provisioned pollers; add pollers: { min: 1 }`),
  ]);
  expect(problemsOf({ [key]: value, pollers: { min: 1 } })).toEqual([]);
});

test('failures may go to SQS without provisioned pollers, to a topic only with them', () => {
  const queue = 'arn:aws:sqs:us-east-1:111122223333:failures';
  expect(problemsOf({ onFailure: queue })).toEqual([]);
  expect(problemsOf({ onFailure: 'kafka://failures' })).toEqual([
    expect.stringContaining('onFailure to a Kafka topic needs provisioned pollers'),
  ]);
  expect(problemsOf({ onFailure: 'kafka://failures', pollers: {} })).toEqual([]);
  expect(problemsOf({ onFailure: 'kafka://contacts', pollers: {} })).toEqual([
    expect.stringContaining('onFailure is the topic itself'),
  ]);
});

test.each(['retries', 'recordAge'])('%s must not end in nowhere', (key) => {
  const limit = { [key]: 100, pollers: { min: 1 } };
  expect(problemsOf(limit)).toEqual([
    expect.stringContaining(`${key} would drop records without a trace; add onFailure`),
  ]);
  expect(problemsOf({ ...limit, onFailure: 'arn:aws:s3:::failures' })).toEqual([]);
});

test.each<[Keys, string]>([
  [{ pollers: { min: 3, max: 2 } }, 'pollers.min is above pollers.max, 2'],
  [
    {
      pollers: {},
      schemaRegistry: {
        uri: 'arn:aws:glue:us-east-1:111122223333:registry/r',
        auth: 'basic',
        secretArn: SECRET,
      },
    },
    'schemaRegistry.auth has no use for a Glue registry',
  ],
  [
    { pollers: {}, schemaRegistry: { uri: 'https://r.example', auth: 'basic' } },
    'schemaRegistry.secretArn is missing; auth basic reads it',
  ],
  [
    { pollers: {}, schemaRegistry: { uri: 'http://r.example' } },
    'schemaRegistry.uri takes the https URL',
  ],
])('%j is refused', (keys, sentence) => {
  expect(problemsOf(keys)).toEqual([expect.stringContaining(sentence)]);
});

test('names that AWS would cut are refused', () => {
  const long = 'a'.repeat(64 - 'msk-salesforce-sink-test-'.length);
  const named = (name: string) => read(fileWith({}).replace('contacts:', `${name}:`)).problems;
  expect(named(long)).toEqual([]);
  expect(named(`${long}b`)).toEqual([expect.stringContaining("a function's name has at most 64")]);
  expect(named('doctor')).toEqual([expect.stringContaining('is kept for a function')]);
});

test('two sinks of one consumer group are refused', () => {
  const { sinks } = { sinks: { contacts: {}, people: {} } };
  const shared = {
    salesforceUri: 'https://a.my.salesforce.com',
    object: 'Contact',
    kafka: { kind: 'msk', clusterArn: 'arn:aws:kafka:us-east-1:111122223333:cluster/a/b' },
  };
  const both = Object.keys(sinks).map((name) => [name, { topic: name, consumerGroup: 'one' }]);

  expect(read(stringify({ shared, sinks: Object.fromEntries(both) })).problems).toEqual([
    expect.stringContaining('sink people, consumerGroup is also that of the sink contacts'),
  ]);
});

test.each<[string, string, RegExp]>([
  ['no sinks', 'region: us-east-1', /sinks takes at least one sink/],
  [
    'too many',
    stringify({ sinks: Object.fromEntries(Array.from({ length: 36 }, (_, n) => [`s${n}`, {}])) }),
    /sinks has 36 sinks; a stack holds 35/,
  ],
  ['a key twice', 'sinks: {}\nsinks: {}', /^line 2: Map keys must be unique$/m],
  ['no YAML', 'sinks: [', /^line 1: /m],
  ['a list', '- a', /sinks takes at least one sink/],
  ['nothing', '', /sinks takes at least one sink/],
  [
    'text for a sink',
    'sinks: { contacts: yes please }',
    /sink contacts takes a map of keys and values; it is "yes please"/,
  ],
])('a file with %s is refused', (_, source, sentence) => {
  expect(read(source).problems.join('\n')).toMatch(sentence);
});

test.each(['dev', 'example'])('infra/sinks/%s.yml is right', (stage) => {
  const source = readFileSync(`infra/sinks/${stage}.yml`, 'utf8');
  expect(read(source)).toMatchObject({ stage: PLACE, problems: [] });
});

test('an address and a topic for alarms are one too many', () => {
  const both = {
    alarmEmail: 'a@example.com',
    alarmTopicArn: 'arn:aws:sns:us-east-1:111122223333:t',
  };
  expect(problemsOf({}, both)).toEqual([
    expect.stringContaining('alarmEmail has no use with alarmTopicArn'),
  ]);
});

const KEYS = [
  ...Object.keys(sink.shape),
  ...Object.keys(top.shape),
  'kind',
  'shared',
  'sinks',
  'uri',
];
const { tree } = fc.letrec<{ tree: unknown; map: unknown }>((tie) => ({
  map: fc.dictionary(fc.oneof(fc.constantFrom(...KEYS), fc.string()), tie('tree'), { maxKeys: 6 }),
  tree: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom('msk', 'self-managed', 'iam', 'kafka://x', 'contacts', -1, 0, 1, true, null),
    fc.string(),
    fc.array(tie('tree'), { maxLength: 3 }),
    tie('map'),
  ),
}));

test('whatever stands in a file, it is a stage or has problems that say where', () => {
  const part = fc.record(
    { shared: tree, sinks: fc.dictionary(fc.string(), tree) },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.oneof(part, tree), (content) => {
      const { stage, problems } = read(stringify(content));
      expect(stage === null).toBe(problems.length > 0);
      for (const problem of problems) expect(problem).toMatch(/^line \d+: \S/);
    }),
    { numRuns: 500 },
  );
});
