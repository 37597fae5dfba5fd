import { describe, expect, test } from 'vitest';
import {
  fileWith,
  type Keys,
  mskSecret,
  network,
  read,
  sampleClusterArn,
  sampleKeyArn,
  sampleSecretArn,
  selfManaged,
} from '../given.ts';

const problemsOf = (keys: Keys) => read(fileWith(keys)).problems;

test.each<[string, Keys, string]>([
  [
    'serverless with SCRAM',
    {
      kind: 'msk-serverless',
      clusterArn: 'arn:aws:kafka:us-east-1:111122223333:cluster/a/b',
      auth: 'scram-512',
    },
    'kafka.auth takes iam, the only one of MSK Serverless; it is "scram-512"',
  ],
  [
    'MSK SCRAM without a secret',
    {
      kind: 'msk',
      clusterArn: 'arn:aws:kafka:us-east-1:111122223333:cluster/a/b',
      auth: 'scram-512',
      secretKeyArn: sampleKeyArn,
    },
    'kafka.secretArn is required for auth scram-512',
  ],
  [
    'MSK SCRAM with any secret',
    {
      kind: 'msk',
      clusterArn: 'arn:aws:kafka:us-east-1:111122223333:cluster/a/b',
      auth: 'scram-512',
      secretArn: sampleSecretArn,
      secretKeyArn: sampleKeyArn,
    },
    'kafka.secretArn is not a secret that MSK accepts; its name must begin with AmazonMSK_',
  ],
  [
    'MSK SCRAM under the default key',
    {
      kind: 'msk',
      clusterArn: 'arn:aws:kafka:us-east-1:111122223333:cluster/a/b',
      auth: 'scram-512',
      secretArn: mskSecret,
    },
    'kafka.secretKeyArn is missing; MSK requires a customer managed KMS key for a SCRAM secret',
  ],
  [
    'IAM with a secret',
    {
      kind: 'msk',
      clusterArn: 'arn:aws:kafka:us-east-1:111122223333:cluster/a/b',
      secretArn: sampleSecretArn,
    },
    'kafka.secretArn is not used with auth iam; remove it',
  ],
  [
    'PLAIN without a secret',
    { ...selfManaged, auth: 'plain' },
    'kafka.secretArn is required for auth plain',
  ],
  [
    'nobody logs in from the internet',
    { ...selfManaged, auth: 'none' },
    'kafka.auth is none, which Lambda accepts only in a VPC; set subnetIds and securityGroupIds',
  ],
  [
    'subnets alone',
    { ...selfManaged, auth: 'none', subnetIds: ['subnet-0a1b2c3d'] },
    'kafka.securityGroupIds is missing; subnets need security groups',
  ],
  [
    'groups alone',
    {
      ...selfManaged,
      auth: 'plain',
      secretArn: sampleSecretArn,
      securityGroupIds: ['sg-0a1b2c3d'],
    },
    'kafka.subnetIds is missing; security groups need subnets',
  ],
  [
    'a broker without a port',
    { ...selfManaged, auth: 'none', ...network, bootstrapServers: ['b1'] },
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

test('a key of failures needs a destination that it encrypts', () => {
  const key = { onFailureKeyArn: sampleKeyArn };
  expect(problemsOf({ ...key, onFailure: 'arn:aws:s3:::failures' })).toEqual([]);
  expect(problemsOf(key)).toEqual([
    expect.stringContaining('onFailureKeyArn is the key of the destination onFailure, which is'),
  ]);
  expect(problemsOf({ ...key, onFailure: 'kafka://failures', pollers: {} })).toEqual([
    expect.stringContaining('onFailureKeyArn is not used with a Kafka topic'),
  ]);
  const elsewhere = sampleKeyArn.replace('us-east-1', 'eu-west-1');
  expect(problemsOf({ onFailure: 'arn:aws:s3:::failures', onFailureKeyArn: elsewhere })).toEqual([
    expect.stringContaining('onFailureKeyArn is in eu-west-1'),
  ]);
});

test.each(['retries', 'recordAge'])('%s must not end in nowhere', (key) => {
  const limit = { [key]: 100, pollers: { min: 1 } };
  expect(problemsOf(limit)).toEqual([
    expect.stringContaining(`${key} would drop records silently; add onFailure`),
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
        secretArn: sampleSecretArn,
      },
    },
    'schemaRegistry.auth is not used with a Glue registry',
  ],
  [
    { pollers: {}, schemaRegistry: { uri: 'https://r.example', auth: 'basic' } },
    'schemaRegistry.secretArn is required for auth basic',
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
  expect(named(`${long}b`)).toEqual([
    expect.stringContaining('the name of a function has at most 64'),
  ]);
  expect(named('doctor')).toEqual([expect.stringContaining('is reserved')]);
});

test('a wrong TRANSFORM is found before it is deployed', () => {
  const settings = { TRANSFORM: '{"LastName": }' };
  expect(problemsOf({ settings })).toEqual([
    expect.stringContaining(
      'settings.TRANSFORM is not a JSONata expression: JSONata error S0211 at character 14',
    ),
  ]);
  expect(problemsOf({ settings: { TRANSFORM: '{"LastName": value.name}' } })).toEqual([]);
});

describe('names and lists that AWS does not take are refused', () => {
  const arn = (service: string, resource: string) =>
    `arn:aws:${service}:us-east-1:111122223333:${resource}`;
  const many = <T>(count: number, item: (n: number) => T) =>
    Array.from({ length: count }, (_, n) => item(n));
  const brokers = (bootstrapServers: readonly string[]) => ({
    kafka: { ...selfManaged, auth: 'none', ...network, bootstrapServers },
  });
  const longSecret = arn('secretsmanager', `secret:${'s'.repeat(200)}-A1b2C3`);

  test.each<[string, Keys, string]>([
    ['a topic of one letter', { topic: 'a' }, 'topic takes the name of one Kafka topic: 2 to 249'],
    ['a topic that begins with a point', { topic: '.a' }, 'topic takes the name of one'],
    ['a long topic', { topic: 'a'.repeat(250) }, 'topic takes the name of one Kafka topic'],
    ['a short destination', { onFailure: 'kafka://abc', pollers: {} }, 'at least four characters'],
    ['a queue in order', { onFailure: arn('sqs', 'a.fifo') }, 'a standard SQS queue'],
    ['a queue with a long name', { onFailure: arn('sqs', 'q'.repeat(81)) }, 'onFailure takes'],
    ['a bucket with a short name', { onFailure: 'arn:aws:s3:::ab' }, 'onFailure takes the ARN'],
    ['eleven brokers', brokers(many(11, (n) => `b${n}:9092`)), 'takes at most 10 in the list'],
    ['a broker twice', brokers(['b1:9092', 'b1:9092']), 'bootstrapServers has an item twice'],
    ['a broker with a long name', brokers([`${'b'.repeat(300)}:9092`]), 'takes host:port'],
    ['a broker with an underscore', brokers(['b_1:9092']), 'takes host:port'],
    [
      'seventeen subnets',
      {
        kafka: {
          ...selfManaged,
          auth: 'none',
          ...network,
          subnetIds: many(17, (n) => `subnet-${String(n).padStart(8, '0')}`),
        },
      },
      'takes at most 16 in the list',
    ],
    [
      'a broker secret with a long name',
      { kafka: { ...selfManaged, auth: 'plain', secretArn: longSecret } },
      'characters; the ARN of a secret of brokers has at most 200 characters',
    ],
    [
      'a secret in another region',
      {
        kafka: {
          ...selfManaged,
          auth: 'plain',
          secretArn: sampleSecretArn.replace('us-east-1', 'eu-west-1'),
        },
      },
      'kafka.secretArn is in eu-west-1, but region is us-east-1; make them the same',
    ],
    [
      'a queue in another region',
      { onFailure: 'arn:aws:sqs:eu-west-1:111122223333:failures' },
      'onFailure is in eu-west-1',
    ],
    [
      'a quiet log',
      { environment: { POWERTOOLS_LOG_LEVEL: 'ERROR' } },
      'takes TRACE, DEBUG or INFO',
    ],
  ])('%s', (_, keys, says) => {
    expect(problemsOf(keys)).toEqual([expect.stringContaining(says)]);
  });

  test('keys of the file in another region', () => {
    const others = {
      alarmTopicArn: 'arn:aws:sns:eu-west-1:111122223333:on-call',
      kmsKeyArn: sampleKeyArn.replace('us-east-1', 'eu-west-1'),
    };
    expect(read(fileWith({}, others)).problems).toEqual([
      'line 1: alarmTopicArn is in eu-west-1, but region is us-east-1; make them the same',
      'line 2: kmsKeyArn is in eu-west-1, but region is us-east-1; make them the same',
    ]);
  });

  const arnIn = (partition: string, region: string) =>
    sampleClusterArn.replace('arn:aws:kafka:us-east-1', `arn:${partition}:kafka:${region}`);

  test.each([
    ['us-gov-west-1', 'aws-us-gov'],
    ['cn-north-1', 'aws-cn'],
    ['us-iso-east-1', 'aws-iso'],
    ['us-isob-east-1', 'aws-iso-b'],
    ['eu-central-1', 'aws'],
  ])('an ARN of another partition than that of %s, which is %s', (region, partition) => {
    const fileOf = (of: string) =>
      fileWith({ kafka: { kind: 'msk', clusterArn: arnIn(of, region) } }, { region });
    const other = partition === 'aws' ? 'aws-cn' : 'aws';
    expect(read(fileOf(partition)).problems).toEqual([]);
    expect(read(fileOf(other)).problems).toEqual([
      `line 9: sink contacts, kafka.clusterArn begins with arn:${other}:, but the partition of region ${region} is ${partition}; write arn:${partition}:`,
    ]);
  });

  test('ARNs without a region in another partition', () => {
    const keys = {
      kafka: { kind: 'msk', clusterArn: arnIn('aws-cn', 'cn-north-1') },
      onFailure: 'arn:aws:s3:::failures',
    };
    const others = {
      region: 'cn-north-1',
      permissionsBoundary: 'arn:aws:iam::111122223333:policy/boundary',
    };
    const says =
      'begins with arn:aws:, but the partition of region cn-north-1 is aws-cn; write arn:aws-cn:';
    expect(read(fileWith({}, others)).problems[0]).toBe(`line 2: permissionsBoundary ${says}`);
    expect(read(fileWith(keys, { region: 'cn-north-1' })).problems).toEqual([
      expect.stringContaining(`sink contacts, onFailure ${says}`),
    ]);
  });
});

test.each([
  [{ a: '' }, 'tags.a takes 1 to 256 letters'],
  [{ a: 'x'.repeat(257) }, 'tags.a takes 1 to 256 letters'],
  [{ a: 'b&c' }, 'tags.a takes 1 to 256 letters'],
  [{ 'aws:a': 'b' }, 'begins with aws:, which is reserved'],
])('tags that CloudFormation does not take: %j', (tags, says) => {
  expect(read(fileWith({}, { tags })).problems).toEqual([expect.stringContaining(says)]);
  expect(read(fileWith({}, { tags: { a: 'b', c: 7 } })).problems).toEqual([]);
});
