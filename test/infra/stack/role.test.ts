import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readGlueSchemas, role } from '../../../infra/stack/role.ts';
import {
  type Keys,
  mskSecret,
  network,
  rootCa,
  sampleClusterArn,
  sampleKeyArn,
  sampleSecretArn,
  selfManaged,
  stageWith,
} from '../given.ts';

interface Statement {
  Sid: string;
  Effect: string;
  Action: string[];
  Resource: unknown;
  Condition?: unknown;
}

function statementsOf(keys: Keys, others: Keys = {}): Statement[] {
  const stage = stageWith(keys, others);
  const { Policies } = role(stage.sinks[0]!, stage).Properties as {
    Policies: { PolicyDocument: { Statement: Statement[] } }[];
  };
  return Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
}

const statement = (keys: Keys, sid: string, others: Keys = {}) =>
  statementsOf(keys, others).find(({ Sid }) => Sid === sid);
const sids = (keys: Keys, others: Keys = {}) => statementsOf(keys, others).map(({ Sid }) => Sid);

const everySink = ['WriteLogs', 'ReadSalesforceSecret', 'KeepLedger', 'ReportErrantRecords'];

test('a sink on MSK with IAM may read its own topic, in its own group', () => {
  const byResource = statementsOf({}).map(({ Resource, Action }) => [Resource, Action]);

  expect(byResource).toEqual([
    [{ 'Fn::GetAtt': ['ContactsLogGroup', 'Arn'] }, ['logs:CreateLogStream', 'logs:PutLogEvents']],
    [
      {
        'Fn::Sub': `arn:\${AWS::Partition}:secretsmanager:\${AWS::Region}:\${AWS::AccountId}:secret:msk-salesforce-sink/test/salesforce-??????`,
      },
      ['secretsmanager:GetSecretValue'],
    ],
    [{ 'Fn::GetAtt': ['Ledger', 'Arn'] }, ['dynamodb:BatchGetItem', 'dynamodb:PutItem']],
    [
      { 'Fn::GetAtt': ['ContactsErrantQueue', 'Arn'] },
      ['sqs:GetQueueAttributes', 'sqs:SendMessage'],
    ],
    [
      sampleClusterArn,
      ['kafka:DescribeCluster', 'kafka:DescribeClusterV2', 'kafka:GetBootstrapBrokers'],
    ],
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
    [
      sampleClusterArn,
      ['kafka-cluster:Connect', 'kafka-cluster:DescribeClusterDynamicConfiguration'],
    ],
    [
      'arn:aws:kafka:us-east-1:111122223333:topic/crm/0a1b-2c3d-4/contacts',
      ['kafka-cluster:DescribeTopic', 'kafka-cluster:ReadData'],
    ],
    [
      'arn:aws:kafka:us-east-1:111122223333:group/crm/0a1b-2c3d-4/msk-salesforce-sink-test-contacts',
      ['kafka-cluster:AlterGroup', 'kafka-cluster:DescribeGroup'],
    ],
  ]);
});

test.each<[string, Keys, string[]]>([
  [
    'MSK Serverless',
    { kind: 'msk-serverless', clusterArn: sampleClusterArn },
    ['FindBrokers', 'UseVpc', 'ConnectToCluster', 'ReadTopic', 'JoinGroup'],
  ],
  [
    'MSK for anybody',
    { kind: 'msk', clusterArn: sampleClusterArn, auth: 'none' },
    ['FindBrokers', 'UseVpc'],
  ],
  [
    'MSK with SCRAM',
    {
      kind: 'msk',
      clusterArn: sampleClusterArn,
      auth: 'scram-512',
      secretArn: mskSecret,
      secretKeyArn: sampleKeyArn,
    },
    ['FindBrokers', 'UseVpc', 'ReadKafkaSecrets', 'DecryptKafkaSecrets'],
  ],
  [
    'MSK with certificates',
    { kind: 'msk', clusterArn: sampleClusterArn, auth: 'mtls', secretArn: sampleSecretArn },
    ['FindBrokers', 'UseVpc', 'ReadKafkaSecrets'],
  ],
  [
    'brokers on the internet',
    { ...selfManaged, auth: 'plain', secretArn: sampleSecretArn },
    ['ReadKafkaSecrets'],
  ],
  [
    'brokers in a VPC',
    { ...selfManaged, auth: 'scram-256', secretArn: sampleSecretArn, ...network },
    ['UseVpc', 'ReadKafkaSecrets'],
  ],
  ['brokers for anybody of a VPC', { ...selfManaged, auth: 'none', ...network }, ['UseVpc']],
])('%s needs these statements and no others', (_, kafka, expected) => {
  expect(sids({ kafka })).toEqual([...everySink, ...expected]);
});

test('only what takes no resource is allowed on every resource', () => {
  const wide = statementsOf({}, { tracing: true }).filter(({ Resource }) => Resource === '*');

  expect(wide.map(({ Sid }) => Sid)).toEqual(['UseVpc', 'Trace']);
  for (const { Action } of statementsOf({})) expect(JSON.stringify(Action)).not.toContain('*');
});

test('a sink without a ledger may not touch the table, one without tracing may not trace', () => {
  expect(sids({ ledger: false })).not.toContain('KeepLedger');
  expect(sids({})).not.toContain('Trace');
});

test('the secrets of the brokers and the registry are read, each once, and decrypted for that alone', () => {
  const kafka = {
    ...selfManaged,
    auth: 'mtls',
    secretArn: sampleSecretArn,
    secretKeyArn: sampleKeyArn,
    rootCaSecretArn: rootCa,
  };
  const schemaRegistry = {
    uri: 'https://r.example',
    auth: 'basic',
    secretArn: sampleSecretArn,
    secretKeyArn: sampleKeyArn,
  };
  const keys = { kafka, pollers: {}, schemaRegistry };

  expect(statement(keys, 'ReadKafkaSecrets')?.Resource).toEqual([sampleSecretArn, rootCa]);
  expect(statement(keys, 'DecryptKafkaSecrets')).toMatchObject({
    Action: ['kms:Decrypt'],
    Resource: [sampleKeyArn],
    Condition: {
      StringEquals: {
        'kms:ViaService': { 'Fn::Sub': `secretsmanager.\${AWS::Region}.amazonaws.com` },
      },
    },
  });
});

/** A transaction needs the permissions of its items, which are all puts. */
const actionOf: Readonly<Record<string, string>> = { TransactWriteItems: 'PutItem' };

test('of the ledger it may do what the commands in the sources of the function do', () => {
  const used = globSync('src/**/*.ts').flatMap((path) => {
    const source = readFileSync(path, 'utf8');
    const imports = /import (?:type )?\{([^}]*)\} from '@aws-sdk\/client-dynamodb'/g;
    return [...source.matchAll(imports)].flatMap(([, names = '']) =>
      [...names.matchAll(/\b(\w+)Command\b/g)].map(([, name = '']) => actionOf[name] ?? name),
    );
  });
  const granted = new Set(used.map((name) => `dynamodb:${name}`));
  expect(statement({}, 'KeepLedger')?.Action.toSorted()).toEqual([...granted].toSorted());
});

test('the key of the stage is used by the services that KMS names alike in every partition', () => {
  const kmsKeyArn = sampleKeyArn;
  expect(statement({}, 'UseStageKey', { kmsKeyArn })?.Condition).toEqual({
    StringEquals: {
      'kms:ViaService': [
        { 'Fn::Sub': `sqs.\${AWS::Region}.amazonaws.com` },
        { 'Fn::Sub': `dynamodb.\${AWS::Region}.amazonaws.com` },
      ],
    },
  });
});

test('SCRAM on MSK may look up its secrets', () => {
  const kafka = {
    kind: 'msk',
    clusterArn: sampleClusterArn,
    auth: 'scram-512',
    secretArn: mskSecret,
    secretKeyArn: sampleKeyArn,
  };
  expect(statement({ kafka }, 'FindBrokers')?.Action).toContain('kafka:ListScramSecrets');
});

test("a Salesforce secret may be named by its ARN and lie under a key of one's own", () => {
  const keys = { salesforceSecret: sampleSecretArn, salesforceSecretKeyArn: sampleKeyArn };
  expect(statement(keys, 'ReadSalesforceSecret')?.Resource).toBe(sampleSecretArn);
  expect(statement(keys, 'DecryptSalesforceSecret')?.Resource).toEqual([sampleKeyArn]);
});

test('a Glue registry and its schemas may be read, no other', () => {
  const uri = 'arn:aws:glue:us-east-1:111122223333:registry/crm';
  const keys = { pollers: {}, schemaRegistry: { uri } };
  expect(statement(keys, 'ReadRegistry')?.Resource).toBe(uri);
  expect(statement(keys, 'ReadSchemas')?.Resource).toEqual([
    uri,
    'arn:aws:glue:us-east-1:111122223333:schema/crm/*',
  ]);
});

test.each<[string, string, string[], unknown]>([
  [
    'a queue',
    'arn:aws:sqs:us-east-1:111122223333:failed',
    ['sqs:SendMessage'],
    'arn:aws:sqs:us-east-1:111122223333:failed',
  ],
  [
    'a topic of SNS',
    'arn:aws:sns:us-east-1:111122223333:failed',
    ['sns:Publish'],
    'arn:aws:sns:us-east-1:111122223333:failed',
  ],
  ['a bucket', 'arn:aws:s3:::failed', ['s3:PutObject'], 'arn:aws:s3:::failed/*'],
  [
    'a topic of Kafka',
    'kafka://failed',
    ['kafka-cluster:DescribeTopic', 'kafka-cluster:WriteData'],
    'arn:aws:kafka:us-east-1:111122223333:topic/crm/0a1b-2c3d-4/failed',
  ],
])('failures may be sent to %s', (_, onFailure, Action, Resource) => {
  expect(statement({ pollers: {}, onFailure }, 'SendFailures')).toMatchObject({ Action, Resource });
});

test.each([
  ['arn:aws:sqs:us-east-1:111122223333:failed', 'sqs', ['kms:Decrypt', 'kms:GenerateDataKey']],
  ['arn:aws:sns:us-east-1:111122223333:failed', 'sns', ['kms:Decrypt', 'kms:GenerateDataKey']],
  ['arn:aws:s3:::failed', 's3', ['kms:GenerateDataKey']],
])('failures may be encrypted by the key of %s', (onFailure, service, Action) => {
  const keyed = { onFailure, onFailureKeyArn: sampleKeyArn };
  expect(statement(keyed, 'EncryptFailures')).toMatchObject({
    Action,
    Resource: sampleKeyArn,
    Condition: {
      StringEquals: { 'kms:ViaService': { 'Fn::Sub': `${service}.\${AWS::Region}.amazonaws.com` } },
    },
  });
  expect(sids({ onFailure })).not.toContain('EncryptFailures');
});

test('a bucket must be of the same account', () => {
  const keys = { onFailure: 'arn:aws:s3:::failed' };
  for (const sid of ['SendFailures', 'FindFailuresBucket']) {
    expect(statement(keys, sid)?.Condition).toEqual({
      StringEquals: { 's3:ResourceAccount': { 'Fn::Sub': `\${AWS::AccountId}` } },
    });
  }
});

test('a sink with glueSchemas may read schema versions, which have no resource to name', () => {
  expect(sids({ glueSchemas: true })).toContain(readGlueSchemas.Sid);
  expect(sids({ glueSchemas: false })).not.toContain(readGlueSchemas.Sid);
  expect(readGlueSchemas).toMatchObject({ Action: ['glue:GetSchemaVersion'], Resource: '*' });
});
