import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { osls, type Resource, readResources } from './template.ts';
import { zipNames } from './zip.ts';

const CLUSTER = 'arn:aws:kafka:eu-west-1:111122223333:cluster/orders-cluster/0a1b-2c3d-4';
const PARAMETERS = [
  'region=eu-west-1',
  `clusterArn=${CLUSTER}`,
  'topic=accounts.v1',
  'salesforceUri=https://acme.my.salesforce.com',
  'salesforceObject=Account',
].flatMap((parameter) => ['--param', parameter]);

const folders: string[] = [];
let resources: Record<string, Resource>;

async function packageInto(...line: string[]) {
  const folder = await mkdtemp(join(tmpdir(), 'package-'));
  folders.push(folder);
  const run = await osls('package', '--package', folder, ...line);
  expect(run.output).toContain('Service packaged');
  return { folder, resources: await readResources(folder) };
}

beforeAll(async () => {
  ({ resources } = await packageInto(...PARAMETERS));
});
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

test('the stack is the function, its role, its logs and its mapping, beside where it lies', () => {
  const types = Object.entries(resources).map(([name, { Type }]) => `${name} ${Type}`);

  expect(types.toSorted()).toEqual([
    'ServerlessDeploymentBucket AWS::S3::Bucket',
    'ServerlessDeploymentBucketPolicy AWS::S3::BucketPolicy',
    'SinkEventSourceMapping AWS::Lambda::EventSourceMapping',
    'SinkLambdaFunction AWS::Lambda::Function',
    'SinkLogGroup AWS::Logs::LogGroup',
    'SinkRole AWS::IAM::Role',
  ]);
});

test('the function has the run time, the size and the environment that the sink needs', () => {
  expect(resources['SinkLambdaFunction']?.Properties).toMatchObject({
    FunctionName: 'msk-salesforce-sink-dev-sink',
    Handler: 'dist/sink.handler',
    Runtime: 'nodejs24.x',
    Architectures: ['arm64'],
    MemorySize: 512,
    Timeout: 840,
    Role: '<SinkRole.Arn>',
    Environment: {
      Variables: {
        SALESFORCE_OBJECT: 'Account',
        SALESFORCE_URI: 'https://acme.my.salesforce.com',
        SALESFORCE_SECRET_ID: 'msk-salesforce-sink/dev/salesforce',
        ERRORS_TOLERANCE: 'all',
        NODE_OPTIONS: '--enable-source-maps',
      },
    },
  });
});

test('the mapping reads the topic from its oldest record, in the largest batches', () => {
  expect(resources['SinkEventSourceMapping']?.Properties).toEqual({
    EventSourceArn: CLUSTER,
    FunctionName: '<SinkLambdaFunction.Arn>',
    Topics: ['accounts.v1'],
    StartingPosition: 'TRIM_HORIZON',
    BatchSize: 10_000,
    MaximumBatchingWindowInSeconds: 60,
    AmazonManagedKafkaEventSourceConfig: { ConsumerGroupId: 'msk-salesforce-sink-dev-sink' },
  });
});

test('the role allows what the function and its mapping do, and nothing else', () => {
  const { Policies, ...others } = resources['SinkRole']!.Properties as {
    Policies: { PolicyDocument: { Statement: Record<string, unknown>[] } }[];
  };
  const statements = Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement);

  expect(Object.keys(others)).toEqual(['AssumeRolePolicyDocument']);
  expect(statements.every(({ Effect }) => Effect === 'Allow')).toBe(true);
  expect(statements.map(({ Action, Resource }) => [Resource, Action])).toEqual([
    ['<SinkLogGroup.Arn>', ['logs:CreateLogStream', 'logs:PutLogEvents']],
    [
      'arn:aws:secretsmanager:eu-west-1:111122223333:secret:msk-salesforce-sink/dev/salesforce-??????',
      'secretsmanager:GetSecretValue',
    ],
    [CLUSTER, ['kafka:DescribeClusterV2', 'kafka:GetBootstrapBrokers']],
    [
      '*',
      [
        'ec2:CreateNetworkInterface',
        'ec2:DeleteNetworkInterface',
        'ec2:DescribeNetworkInterfaces',
        'ec2:DescribeSecurityGroups',
        'ec2:DescribeSubnets',
        'ec2:DescribeVpcs',
      ],
    ],
    [CLUSTER, ['kafka-cluster:Connect', 'kafka-cluster:DescribeClusterDynamicConfiguration']],
    [
      'arn:aws:kafka:eu-west-1:111122223333:topic/orders-cluster/0a1b-2c3d-4/accounts.v1',
      ['kafka-cluster:DescribeTopic', 'kafka-cluster:ReadData'],
    ],
    [
      'arn:aws:kafka:eu-west-1:111122223333:group/orders-cluster/0a1b-2c3d-4/msk-salesforce-sink-dev-sink',
      ['kafka-cluster:AlterGroup', 'kafka-cluster:DescribeGroup'],
    ],
  ]);
});

test('the logs of the function are kept for 30 days', () => {
  expect(resources['SinkLogGroup']?.Properties).toEqual({
    LogGroupName: '/aws/lambda/msk-salesforce-sink-dev-sink',
    RetentionInDays: 30,
  });
});

test('the zip holds the built function and its source map, nothing else', async () => {
  expect(await zipNames(join(folders[0]!, 'msk-salesforce-sink.zip'))).toEqual([
    'dist/sink.mjs',
    'dist/sink.mjs.map',
  ]);
});

test('the mapping can be set otherwise, to a window of 0 too', async () => {
  const other = await packageInto(
    ...PARAMETERS,
    ...['--param', 'batchSize=500', '--param', 'batchingWindow=0'],
    ...['--param', 'startingPosition=LATEST', '--param', 'consumerGroup=accounts-2'],
  );

  const mapping = other.resources['SinkEventSourceMapping']?.Properties;
  expect(mapping).toMatchObject({
    StartingPosition: 'LATEST',
    AmazonManagedKafkaEventSourceConfig: { ConsumerGroupId: 'accounts-2' },
  });
  expect(Number(mapping?.['BatchSize'])).toBe(500);
  expect(String(mapping?.['MaximumBatchingWindowInSeconds'])).toBe('0');
  expect(JSON.stringify(other.resources['SinkRole'])).toContain(':group/orders-cluster/');
  expect(JSON.stringify(other.resources['SinkRole'])).toContain('/accounts-2"');
});

test('a fresh clone can be packaged as it is, and cannot be deployed as it is', async () => {
  await packageInto();
  const deploy = await osls('deploy');

  expect(deploy.exitCode).toBe(1);
  expect(deploy.output).toContain(
    'Stage "dev", infra/stages/dev.yml still holds placeholders; nothing was deployed. Fill in:\n' +
      '  - clusterArn\n  - salesforceUri\n',
  );
});

test('wrong parameters are all named at once, with what they take and what they are', async () => {
  const run = await osls('package', '--param', 'batchSize=10001', '--param', 'topic=a b');

  expect(run.exitCode).toBe(1);
  expect(run.output).toContain(
    'Stage "dev", infra/stages/dev.yml:\n' +
      '  - topic takes the name of a Kafka topic; it is "a b"\n' +
      '  - batchSize takes a whole number from 1 to 10000; it is "10001"\n',
  );
});

test('a stage without a file of its own is refused by its name', async () => {
  const run = await osls('package', '--stage', 'staging');

  expect(run).toEqual({
    exitCode: 1,
    output: 'There is no infra/stages/staging.yml; copy one of: dev\n',
  });
});
