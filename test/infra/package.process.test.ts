import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import { oslsLine } from '../../infra/command-line.ts';
import { resourceCount, templateBytes } from '../../infra/limits/template.ts';
import { release } from '../../infra/release.ts';
import { readStage } from '../../infra/serverless-file.ts';
import { stack } from '../../infra/stack/stack.ts';
import { everyKind } from './every-kind.ts';
import { frameworkTemplate, type Template } from './framework-template.ts';
import { everythingOf, fileOf, yamlOf } from './given.ts';
import { ofFramework, types } from './stack-types.ts';
import { osls, type Resource, readResources, root } from './template.ts';
import { zipNames } from './zip.ts';

// osls is a whole program, and takes its time on a busy machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const run = promisify(execFile);

let folder: string;
let resources: Record<string, Resource>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'package-'));
  const packaged = await osls('package', '--stage', 'example', '--package', folder);
  expect(packaged.output).toContain('Service packaged');
  resources = await readResources(folder);
});
afterAll(() => rm(folder, { recursive: true }));

const propertiesOf = (id: string) => resources[id]?.Properties ?? {};

describe.each([
  ['Contacts', 'contacts'],
  ['Orders', 'orders'],
  ['SensorDashreadings', 'sensor-readings'],
])('the sink %s of the shipped example', (prefix, name) => {
  const functionName = `msk-salesforce-sink-example-${name}`;

  test('is a function with a role, logs, a mapping, an errant queue and its alarms', () => {
    const isMsk =
      'AmazonManagedKafkaEventSourceConfig' in propertiesOf(`${prefix}EventSourceMapping`);
    const types = Object.entries(resources).filter(([id]) => id.startsWith(prefix));

    expect(types.map(([id, { Type }]) => `${id.slice(prefix.length)} ${Type}`).toSorted()).toEqual([
      'ApiUsageAlarm AWS::CloudWatch::Alarm',
      'DurationAlarm AWS::CloudWatch::Alarm',
      'ErrantAlarm AWS::CloudWatch::Alarm',
      'ErrantQueue AWS::SQS::Queue',
      'ErrantQueuePolicy AWS::SQS::QueuePolicy',
      'ErrorsAlarm AWS::CloudWatch::Alarm',
      'EventSourceMapping AWS::Lambda::EventSourceMapping',
      'LagAlarm AWS::CloudWatch::Alarm',
      'LambdaFunction AWS::Lambda::Function',
      'LogGroup AWS::Logs::LogGroup',
      'Role AWS::IAM::Role',
      'ThrottlesAlarm AWS::CloudWatch::Alarm',
      // Only Amazon MSK measures it.
      ...(isMsk ? ['TimeLagAlarm AWS::CloudWatch::Alarm'] : []),
    ]);
  });

  test('runs the function with its own role and its traces', () => {
    expect(propertiesOf(`${prefix}LambdaFunction`)).toMatchObject({
      FunctionName: functionName,
      Handler: 'dist/sink.handler',
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Timeout: 840,
      Role: `<${prefix}Role.Arn>`,
      TracingConfig: { Mode: 'Active' },
      LoggingConfig: {
        LogFormat: 'JSON',
        ApplicationLogLevel: 'INFO',
        SystemLogLevel: 'INFO',
      },
      Tags: [{ Key: 'release', Value: release() }],
      Environment: {
        Variables: {
          SINK_RELEASE: release(),
          NODE_OPTIONS: expect.stringMatching(
            /^--enable-source-maps --max-semi-space-size=8 --max-old-space-size=(460|921)$/,
          ),
          SALESFORCE_URI: 'https://acme.my.salesforce.com',
          SALESFORCE_SECRET_ID: 'msk-salesforce-sink/example/salesforce',
          LEDGER_TABLE: '<Ledger>',
          ERRANT_QUEUE_URL: `<${prefix}ErrantQueue>`,
          POLL_MAX_WAIT_SECONDS: '10',
        },
      },
    });
  });

  test('is fed by its own mapping', () => {
    expect(propertiesOf(`${prefix}EventSourceMapping`)).toMatchObject({
      FunctionName: `<${prefix}LambdaFunction.Arn>`,
      Enabled: true,
    });
    expect(JSON.stringify(propertiesOf(`${prefix}EventSourceMapping`))).toContain(
      `"ConsumerGroupId":"${functionName}"`,
    );
  });

  test('may touch nothing of another sink', () => {
    const role = JSON.stringify(propertiesOf(`${prefix}Role`));
    const others = ['Contacts', 'Orders', 'SensorDashreadings'].filter((one) => one !== prefix);

    expect(role).toContain(`<${prefix}ErrantQueue.Arn>`);
    expect(role).toContain(`<${prefix}LogGroup.Arn>`);
    for (const other of others) expect(role).not.toContain(`<${other}`);
  });

  test('keeps its logs for 90 days, and what it could not write for 14', () => {
    expect(propertiesOf(`${prefix}LogGroup`)).toEqual({
      LogGroupName: `/aws/lambda/${functionName}`,
      RetentionInDays: 90,
    });
    expect(resources[`${prefix}ErrantQueue`]).toMatchObject({
      DeletionPolicy: 'RetainExceptOnCreate',
      Properties: { MessageRetentionPeriod: 1_209_600, SqsManagedSseEnabled: true },
    });
  });

  test('refuses connections to its errant queue that are not encrypted', () => {
    expect(propertiesOf(`${prefix}ErrantQueuePolicy`)).toMatchObject({
      Queues: [`<${prefix}ErrantQueue>`],
      PolicyDocument: {
        Statement: [
          {
            Effect: 'Deny',
            Principal: '*',
            Action: 'sqs:*',
            Resource: `<${prefix}ErrantQueue.Arn>`,
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          },
        ],
      },
    });
  });
});

test('each sink of the example is of another kind of cluster', () => {
  const sources = ['Contacts', 'Orders', 'SensorDashreadings'].map((prefix) => {
    const { EventSourceArn, SelfManagedEventSource } = propertiesOf(`${prefix}EventSourceMapping`);
    return EventSourceArn ?? SelfManagedEventSource;
  });
  expect(sources).toEqual([
    expect.stringContaining(':cluster/crm/'),
    expect.stringMatching(/:cluster\/orders\/.+-s1$/),
    { Endpoints: { KafkaBootstrapServers: expect.any(Array) } },
  ]);
});

test('the ledger is one table for the stage: encrypted, restorable, kept, and emptied by time', () => {
  expect(resources['Ledger']).toEqual({
    Type: 'AWS::DynamoDB::Table',
    DeletionPolicy: 'RetainExceptOnCreate',
    UpdateReplacePolicy: 'Retain',
    Properties: {
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      SSESpecification: { SSEEnabled: true },
    },
  });
});

test('beside the sinks there is what they share, and where the code lies', () => {
  const shared = Object.entries(resources)
    .filter(([id]) => !/^(Contacts|Orders|SensorDashreadings)/.test(id))
    .map(([id, { Type }]) => `${id} ${Type}`);

  expect(shared.toSorted()).toEqual([
    'AlarmTopic AWS::SNS::Topic',
    'AlarmTopicPolicy AWS::SNS::TopicPolicy',
    'Dashboard AWS::CloudWatch::Dashboard',
    'DoctorAlarm AWS::CloudWatch::Alarm',
    'DoctorEventsRuleSchedule1 AWS::Events::Rule',
    'DoctorLambdaFunction AWS::Lambda::Function',
    'DoctorLambdaPermissionEventsRuleSchedule1 AWS::Lambda::Permission',
    'DoctorLogGroup AWS::Logs::LogGroup',
    'DoctorPolicy1 AWS::IAM::ManagedPolicy',
    'DoctorRole AWS::IAM::Role',
    'Ledger AWS::DynamoDB::Table',
    'Query1 AWS::Logs::QueryDefinition',
    'Query2 AWS::Logs::QueryDefinition',
    'Query3 AWS::Logs::QueryDefinition',
    'ServerlessDeploymentBucket AWS::S3::Bucket',
    'ServerlessDeploymentBucketPolicy AWS::S3::BucketPolicy',
  ]);
});

test('the framework adds no type that the role of the workflow does not know', () => {
  const packaged = Object.values(resources).map(({ Type }) => Type);
  expect(packaged).toEqual(expect.arrayContaining(ofFramework));
  expect([...new Set(packaged)].filter((type) => !types.has(type))).toEqual([]);
});

test('everything that the template refers to is in it', async () => {
  const path = join(folder, 'cloudformation-template-update-stack.json');
  const text = await readFile(path, 'utf8');
  const named = [
    ...text.matchAll(/"Ref": ?"(\w+)"/g),
    ...text.matchAll(/"Fn::GetAtt": ?\[\s*"(\w+)"/g),
    ...text.matchAll(/\$\{(\w+)\.\w+\}/g),
  ].map(([, id = '']) => id);

  expect(named.length).toBeGreaterThan(30);
  for (const id of named) expect(Object.keys(resources)).toContain(id);
});

test.each([
  ['sinks', 'msk-salesforce-sink.zip', 'sink'],
  ['doctor', 'doctor.zip', 'doctor'],
])(
  'the zip of the %s holds the built function, what it loads, their source maps and the licences, nothing else',
  async (_of, zip, name) => {
    const { outputs } = JSON.parse(await readFile(join(root, 'dist/meta.json'), 'utf8'));
    const built = Object.keys(outputs).filter(
      (path) => path.startsWith(`dist/${name}.`) || path.startsWith(`dist/${name}-parts/`),
    );
    const wanted = [...built, 'dist/THIRD-PARTY-LICENSES.txt'];
    expect((await zipNames(join(folder, zip))).toSorted()).toEqual(wanted.toSorted());
  },
);

test.each([
  ['sinks', 'msk-salesforce-sink.zip', 'ContactsLambdaFunction'],
  ['doctor', 'doctor.zip', 'DoctorLambdaFunction'],
])("Lambda's runtime finds the module of the %s", async (_of, zip, id) => {
  const names = await zipNames(join(folder, zip));
  const module = String(propertiesOf(id)['Handler']).replace(/\.handler$/, '');
  // The order of aws-lambda-ric, which takes what exists: a folder too.
  const tried = ['', '.js', '.mjs', '.cjs'].map((extension) => `${module}${extension}`);
  const exists = (path: string) =>
    names.some((name) => name === path || name.startsWith(`${path}/`));
  expect(tried.find(exists)).toBe(`${module}.mjs`);
});

test('the doctor is a function beside the sinks, with a role of its own', () => {
  expect(propertiesOf('DoctorLambdaFunction')).toMatchObject({
    FunctionName: 'msk-salesforce-sink-example-doctor',
    Handler: 'dist/doctor.handler',
    Runtime: 'nodejs24.x',
    Role: '<DoctorRole.Arn>',
    Timeout: 300,
  });
  expect(propertiesOf('DoctorLambdaFunction')['Code']).not.toEqual(
    propertiesOf('ContactsLambdaFunction')['Code'],
  );
  expect(propertiesOf('DoctorLogGroup')).toMatchObject({ RetentionInDays: 90 });
});

test('a fresh clone can be packaged as it is, and has the files of npm run build', async () => {
  await run(process.execPath, ['infra/build.ts'], { cwd: root });
  const built = await readdir(join(root, 'dist'), { recursive: true });
  const packaged = await osls('package', '--package', await mkdtemp(join(folder, 'dev-')));

  expect(packaged).toMatchObject({ exitCode: 0 });
  expect(await readdir(join(root, 'dist'), { recursive: true })).toEqual(built);
});

test('every key of a file beside its sinks reaches its functions', async () => {
  const file = { ...everythingOf, sinks: everyKind() };
  const packaged = await packageOf(yamlOf(file), 'every-kind');
  const made = await readResources(packaged);
  const functions = Object.values(made).filter(({ Type }) => Type === 'AWS::Lambda::Function');
  expect(functions.length).toBeGreaterThan(10);
  for (const { Properties } of functions) {
    expect(Properties).toMatchObject({
      KmsKeyArn: everythingOf['kmsKeyArn'],
      VpcConfig: { SubnetIds: ['subnet-0a1b2c3d'], SecurityGroupIds: ['sg-0a1b2c3d'] },
    });
  }
  expect(made['DoctorLogGroup']?.Properties).toMatchObject({ KmsKeyId: everythingOf['kmsKeyArn'] });
  const stage = readStage(join(folder, 'every-kind.yml'), 'dev');
  expect(await templateOf(packaged)).toEqual(frameworkTemplate(stack(stage), 'dev'));
});

test('the template that is linted is what the framework makes', async () => {
  const stage = readStage('infra/sinks/example.yml', 'example');
  expect(await templateOf(folder)).toEqual(frameworkTemplate(stack(stage), 'example'));
});

test('a package is deployed to the stage that it was made for, and to no other', () => {
  const deploy = ['deploy', '--package', folder, '--param', 'sinks=infra/sinks/example.yml'];
  const own = [...deploy, '--stage', 'example'];
  expect(oslsLine(own)).toEqual(own);
  expect(() => oslsLine([...deploy, '--stage', 'prod'])).toThrow(
    'is a package of the stage example in us-east-1, not of prod',
  );
});

/** The template in a folder of a package, with the names of zips alone. */
async function templateOf(packaged: string): Promise<Template> {
  const path = join(packaged, 'cloudformation-template-update-stack.json');
  const text = await readFile(path, 'utf8');
  const { Resources, Outputs } = JSON.parse(
    text.replaceAll(/"serverless\/[^"]+\/([^/"]+\.zip)"/g, '"$1"'),
  );
  return { Resources, Outputs };
}

/** Packages a sinks file as `npm run package` does; resolves to the folder. */
async function packageOf(source: string, name: string): Promise<string> {
  const sinks = join(folder, `${name}.yml`);
  await writeFile(sinks, source);
  const packaged = await mkdtemp(join(folder, `${name}-`));
  const line = ['package', '--package', packaged, '--param', `sinks=${sinks}`];
  const output = expect.stringContaining('Service packaged');
  expect(await osls(...line)).toMatchObject({ exitCode: 0, output });
  return packaged;
}

test('the largest stage can be packaged, and what is checked is what the framework makes', async () => {
  const packaged = await packageOf(fileOf(37), 'largest');
  const text = await readFile(join(packaged, 'cloudformation-template-update-stack.json'), 'utf8');
  const template = JSON.parse(text);
  const made = stack(readStage(join(folder, 'largest.yml'), 'dev'));

  expect(resourceCount(made)).toBe(Object.keys(template.Resources).length);
  expect(resourceCount(made)).toBeLessThanOrEqual(500);
  const bytes = JSON.stringify(template).length;
  expect(templateBytes(made)).toBeGreaterThanOrEqual(bytes);
  expect(templateBytes(made)).toBeLessThan(bytes * 1.1);
});

test('the stack shows its queues, functions, dashboard and release', async () => {
  const text = await readFile(join(folder, 'cloudformation-template-update-stack.json'), 'utf8');
  expect(Object.keys(JSON.parse(text).Outputs)).toEqual(
    expect.arrayContaining(['ContactsQueueUrl', 'ContactsFunctionName', 'DashboardUrl', 'Release']),
  );
});

test("the configuration fits Serverless Framework's published schema", async () => {
  const stage = readStage('infra/sinks/example.yml', 'example');
  const written = parse(await readFile('serverless.yml', 'utf8'));
  const { tags, ...values } = stack(stage);
  const configuration = {
    ...written,
    ...values,
    provider: { ...written.provider, region: stage.region, stackTags: tags },
  };
  const file = join('dist', `configuration-${process.pid}.ts`);
  const source = [
    "import type { AWS } from '@serverless/typescript';",
    `export const configuration: AWS = ${JSON.stringify(configuration)};`,
  ].join('\n');
  await writeFile(file, source);
  const options = ['--noEmit', '--ignoreConfig', '--strict', '--module', 'nodenext'];
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const checked = await run(process.execPath, [tsc, ...options, '--skipLibCheck', file])
    .catch((error: { stdout: string }) => error)
    .finally(() => rm(file));
  expect(checked.stdout).toBe('');
});
