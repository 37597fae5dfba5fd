import { expect, test } from 'vitest';
import { parameterProblems, placeholders } from '../../infra/parameters.ts';

const GOOD = {
  clusterArn: 'arn:aws:kafka:us-east-1:111122223333:cluster/name/0a1b-2',
  topic: 'contacts',
  salesforceUri: 'https://acme.my.salesforce.com',
  salesforceObject: 'Contact',
  batchSize: 10_000,
  batchingWindow: 60,
  startingPosition: 'TRIM_HORIZON',
  consumerGroup: 'msk-salesforce-sink-dev-sink',
  secretName: 'msk-salesforce-sink/dev/salesforce',
};

test('right parameters have no problems, as numbers or as text', () => {
  expect(parameterProblems(GOOD, 'us-east-1')).toEqual([]);
  expect(parameterProblems({ ...GOOD, batchSize: '1', batchingWindow: '0' }, 'us-east-1')).toEqual(
    [],
  );
});

test.each([
  ['clusterArn', '', /^clusterArn takes the ARN of an MSK cluster, .*; it is missing$/],
  ['clusterArn', 'arn:aws:kafka:us-east-1:1:cluster/name/0', /^clusterArn takes the ARN/],
  ['clusterArn', 'arn:aws:sqs:us-east-1:111122223333:queue', /^clusterArn takes the ARN/],
  ['topic', 'a/b', /^topic takes the name of a Kafka topic; it is "a\/b"$/],
  ['topic', '..', /^topic takes/],
  ['topic', 'x'.repeat(250), /^topic takes/],
  ['salesforceUri', 'http://acme.my.salesforce.com', /^salesforceUri takes the My Domain URL/],
  ['salesforceUri', 'http://localhost:4010', /^salesforceUri takes the My Domain URL/],
  ['salesforceUri', 'acme', /^salesforceUri takes/],
  ['salesforceObject', 'My Object', /^salesforceObject takes the API name of an object/],
  ['batchSize', 0, /^batchSize takes a whole number from 1 to 10000; it is 0$/],
  ['batchSize', 1.5, /^batchSize takes/],
  ['batchSize', 'many', /^batchSize takes/],
  ['batchingWindow', 301, /^batchingWindow takes a whole number from 0 to 300; it is 301$/],
  ['startingPosition', 'EARLIEST', /^startingPosition takes TRIM_HORIZON or LATEST; it is "EARL/],
  ['consumerGroup', 'a b', /^consumerGroup takes/],
  ['secretName', 'a?', /^secretName takes/],
])('%s of %j is a problem, told in one sentence', (name, value, sentence) => {
  expect(parameterProblems({ ...GOOD, [name]: value }, 'us-east-1')).toEqual([
    expect.stringMatching(sentence),
  ]);
});

test('a cluster of another region is a problem', () => {
  expect(parameterProblems(GOOD, 'eu-west-1')).toEqual([
    'region is eu-west-1, but the cluster of clusterArn is in us-east-1',
  ]);
});

test('placeholders are found by their name', () => {
  expect(placeholders({ ...GOOD, topic: 'PLACEHOLDER' })).toEqual(['topic']);
  expect(placeholders(GOOD)).toEqual([]);
});
