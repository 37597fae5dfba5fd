import { expect, test } from 'vitest';
import {
  fileWith,
  type Keys,
  mskSecret,
  network,
  read,
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
    { ...selfManaged, auth: 'none', subnetIds: ['subnet-0a1'] },
    'kafka.securityGroupIds is missing; subnets need security groups',
  ],
  [
    'groups alone',
    { ...selfManaged, auth: 'plain', secretArn: sampleSecretArn, securityGroupIds: ['sg-0a1'] },
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
  expect(named(`${long}b`)).toEqual([expect.stringContaining("a function's name has at most 64")]);
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
