import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { fileWith, type Keys, network, place, read, selfManaged, stageWith } from '../given.ts';

const problemsOf = (keys: Keys, others: Keys = {}) => read(fileWith(keys, others)).problems;

describe('a sink that says no more than it must', () => {
  const [sink] = stageWith({}).sinks;

  test('has the defaults that docs/CONFIGURATION.md lists', () => {
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
      glueSchemas: false,
      ledger: true,
      lagAlarm: 100_000,
      settings: {},
      environment: {},
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
  const { sinks } = stageWith({
    settings: { POLL_MAX_STEPS: 9, FIELD_MAP: { a: 'A' } },
    environment: { POWERTOOLS_LOG_LEVEL: 'DEBUG', POWERTOOLS_DEV: true },
  });

  expect(sinks[0]).toMatchObject({
    settings: { POLL_MAX_STEPS: '9', FIELD_MAP: '{"a":"A"}' },
    environment: { POWERTOOLS_LOG_LEVEL: 'DEBUG', POWERTOOLS_DEV: 'true' },
  });
});

test('every problem is reported at once, with its line, its sink and its key', () => {
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
    'line 1: regoin is an unknown key; did you mean region?',
    'line 3: shared.salesforceUri is not an https URL; use the My Domain URL of the org, https://<domain>.my.salesforce.com',
    'line 6: sink contacts, topic takes the name of one Kafka topic: 2 to 249 letters, digits and characters of . _ -, no point first; it is "a b"',
    'line 7: sink contacts, batchSize takes a whole number from 1 to 10000; it is 10001',
    'line 9: sink contacts, kafka.clusterArn takes the ARN arn:aws:kafka:…:cluster/name/uuid; it is "nowhere"',
    'line 10: sink Orders needs a name of lower-case letters, digits and hyphens',
    'line 10: sink Orders, topic is missing; set it here or under shared',
    'line 10: sink Orders, object is missing; set it here or under shared',
    'line 10: sink Orders, kafka is missing; set it here or under shared',
    'line 13: sink leads, object got "My Lead"; it takes the API name of an object, such as `Contact` or `Order_Line__c`',
    'line 14: sink leads, retries needs provisioned pollers; add pollers: { min: 1 }, or remove it',
    'line 14: sink leads, retries would drop records silently; add onFailure, or set -1',
    'line 15: sink leads, settings.POLL_STEPS is not a setting of the function; did you mean POLL_MAX_STEPS?',
    expect.stringMatching(/^line 15: sink leads, settings.VALUE_FORMAT got "xml"; it takes `auto`/),
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
  ['timeout', { timeout: 900 }, /timeout takes a whole number of seconds from 60 to 840/],
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
    /consumerGroup has a colon, and MSK reports no lag/,
  ],
  [
    'a key of the other kind',
    { kafka: { ...selfManaged, auth: 'none', ...network, clusterArn: 'a' } },
    /kafka.clusterArn is an unknown key/,
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

test('two sinks of one consumer group are refused', () => {
  const { sinks } = { sinks: { contacts: {}, people: {} } };
  const shared = {
    salesforceUri: 'https://a.my.salesforce.com',
    object: 'Contact',
    kafka: { kind: 'msk', clusterArn: 'arn:aws:kafka:us-east-1:111122223333:cluster/a/b' },
  };
  const both = Object.keys(sinks).map((name) => [name, { topic: name, consumerGroup: 'one' }]);

  expect(read(stringify({ shared, sinks: Object.fromEntries(both) })).problems).toEqual([
    expect.stringContaining('sink people, consumerGroup is also used by the sink contacts'),
  ]);
});

test.each<[string, string, RegExp]>([
  ['no sinks', 'region: us-east-1', /sinks takes at least one sink/],
  ['a key twice', 'sinks: {}\nsinks: {}', /^line 2: sinks is given twice; leave out one$/m],
  [
    'a quoted key twice',
    'sinks:\n  "a": {}\n  "a" : {}',
    /^line 3: "a" is given twice; leave out one$/m,
  ],
  ['a key twice in braces', 'sinks: {a: 1, a: 2}', /^line 1: a is given twice; leave out one$/m],
  ['no YAML', 'sinks: [', /^line 1: /m],
  ['a list', '- a', /sinks takes at least one sink/],
  ['a list of sinks', 'sinks: [{ topic: a }]', /^line 1: sinks takes a map from names to sinks/],
  [
    'two documents',
    'sinks: {}\n---\nsinks: {}',
    /^line 2: a second document begins; a sinks file is/,
  ],
  [
    'a merge key',
    'sinks: { a: { <<: { topic: b } } }',
    /"<<" is an unknown key: merge keys are not/,
  ],
  [
    'aliases of aliases',
    [
      'a: &a [x, x, x, x, x, x, x, x, x, x]',
      ...['b', 'c', 'd', 'e'].map((name, n) => {
        const before = `*${'abcd'[n]}`;
        return `${name}: &${name} [${Array(10).fill(before).join(', ')}]`;
      }),
    ].join('\n'),
    /^line 1: aliases \(\*name\) repeat too much of the file/,
  ],
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
  expect(read(source)).toMatchObject({ stage: place, problems: [] });
});

test('an address and a topic for alarms are one too many', () => {
  const both = {
    alarmEmail: 'a@example.com',
    alarmTopicArn: 'arn:aws:sns:us-east-1:111122223333:t',
  };
  expect(problemsOf({}, both)).toEqual([
    expect.stringContaining('alarmEmail is not used with alarmTopicArn'),
  ]);
});

test.each([
  ['region', `region: \${env:REGION}`, `line 1: region has \${env:…}, which is not resolved`],
  ['list', `sinks: { a: { x: [ "\${ssm(raw):/a}" ] } }`, `sink a, x.0 has \${ssm(raw):…}, which`],
  ['whole', `tags: { a: "b\${self:}" }`, `tags.a has \${self:…}`],
  ['no type', `tags: { a: "\${opt}" }`, `tags.a has \${opt}, which`],
])('a variable of the framework is refused, since it is not resolved: %s', (_, source, says) => {
  expect(read(source).problems).toEqual([expect.stringContaining(says)]);
});

test('an expression with a dollar and a brace is no variable', () => {
  const TRANSFORM = `{"LastName": value.rows.(\${"a": b}.a)}`;
  expect(problemsOf({ settings: { TRANSFORM } })).toEqual([]);
});

describe('a name that is none is refused', () => {
  test.each<[string, Keys, Keys, string]>([
    ['tolerance', { settings: { ERROR_TOLERANCE: 'none' } }, {}, 'did you mean ERRORS_TOLERANCE?'],
    [
      'any',
      { settings: { FOO: 1 } },
      {},
      'not a setting of the function; docs/CONFIGURATION.md lists',
    ],
    ['the region', { settings: { AWS_REGION: 'x' } }, {}, 'settings.AWS_REGION is not a setting'],
    ['reserved', { environment: { AWS_REGION: 'x' } }, {}, 'is set by Lambda, which refuses it'],
    [
      'handler',
      { environment: { _HANDLER: 'x' } },
      {},
      'environment._HANDLER is no name of a variable',
    ],
    ['short', { environment: { X: 'x' } }, {}, 'environment.X is no name of a variable'],
    ['no variable', { environment: { NULL_VALUES: 'clear' } }, {}, 'put it under settings'],
    [
      'a typo',
      { environment: { NULL_VALUE: 'clear' } },
      {},
      'environment.NULL_VALUE is not a setting',
    ],
    [
      'a spelling',
      { environment: { TRANSFROM: '{}' } },
      {},
      'environment.TRANSFROM is not a setting; if it is meant to be TRANSFORM, put that under settings',
    ],
    [
      'capitals',
      { environment: { null_values: 'clear' } },
      {},
      'environment.null_values is not a setting',
    ],
    ['heap', { environment: { NODE_OPTIONS: 'x' } }, {}, 'NODE_OPTIONS is set by the stack'],
    ['release', { environment: { SINK_RELEASE: 'x' } }, {}, 'SINK_RELEASE is set by the stack'],
    [
      'metrics',
      { environment: { POWERTOOLS_METRICS_DISABLED: 'true' } },
      {},
      'environment.POWERTOOLS_METRICS_DISABLED would end the metrics',
    ],
    ['a key as it is', { VALUE_FORMAT: 'json' }, {}, 'it is a setting; put it under settings'],
    ['a key', { batchsize: 1 }, {}, 'batchsize is an unknown key; did you mean batchSize?'],
    ['key of the file', { tracing: true }, {}, 'it is a key of the file; put it beside sinks'],
    ['key of a sink', {}, { topic: 'a' }, 'put it under shared or under a sink'],
    ['of a block', { pollers: { mim: 1 } }, {}, 'pollers.mim is an unknown key; did you mean min?'],
    [
      'vpc',
      {},
      { vpc: { subnets: ['subnet-1'] } },
      'vpc.subnets is an unknown key; did you mean subnetIds?',
    ],
  ])('%s', (_, keys, others, says) => {
    expect(problemsOf(keys, others).join('\n')).toContain(says);
  });
});

test.each([
  ['https://login.salesforce.com', 'does not support the client credentials flow'],
  ['https://test.salesforce.com', 'does not support the client credentials flow'],
  ['https://acme.lightning.force.com', 'is the page of the user interface'],
  ['http://acme.my.salesforce.com', 'is not an https URL'],
])('%s is no org that the function can log in to, and is told of once', (salesforceUri, says) => {
  expect(problemsOf({ salesforceUri })).toEqual([
    expect.stringMatching(
      new RegExp(`salesforceUri ${says}; use the My Domain URL of the org, https://<domain>`),
    ),
  ]);
});

test.each([
  'https://acme.my.salesforce.com',
  'https://acme--dev.sandbox.my.salesforce.com',
  'https://acme.my.salesforce.mil',
])('%s is the My Domain URL of an org', (salesforceUri) => {
  expect(problemsOf({ salesforceUri })).toEqual([]);
});
