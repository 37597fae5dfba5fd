import { expect, test } from 'vitest';
import { dashboardUrl } from '../../../infra/stack/outputs.ts';
import { stack } from '../../../infra/stack/stack.ts';
import { frameworkTemplate } from '../framework-template.ts';
import { everythingOf, fileWith, type Keys, read, stageWith } from '../given.ts';

const environmentOf = (keys: Keys) => {
  const { functions } = stack(stageWith(keys));
  return (functions['contacts'] as { environment: Keys }).environment;
};

test('a function gets its object, its org, its secret, its ledger and its queue', () => {
  expect(environmentOf({ operation: 'insert' })).toEqual({
    SALESFORCE_OBJECT: 'Contact',
    SINK_RELEASE: '1.2.3',
    SALESFORCE_URI: 'https://acme.my.salesforce.com',
    SALESFORCE_SECRET_ID: 'msk-salesforce-sink/test/salesforce',
    SALESFORCE_OPERATION: 'insert',
    LEDGER_TABLE: { Ref: 'Ledger' },
    ERRANT_QUEUE_URL: { Ref: 'ContactsErrantQueue' },
    NODE_OPTIONS: '--enable-source-maps --max-semi-space-size=8 --max-old-space-size=460',
  });
});

test("a function's heap grows with its memory", () => {
  expect(environmentOf({ memory: 2048 })).toMatchObject({
    NODE_OPTIONS: expect.stringContaining('--max-old-space-size=1843'),
  });
});

test('a function without a ledger gets none', () => {
  expect(environmentOf({ ledger: false })).not.toHaveProperty('LEDGER_TABLE');
});

test("a sink's own settings win", () => {
  expect(environmentOf({ settings: { ERRORS_TOLERANCE: 'none' } })).toMatchObject({
    ERRORS_TOLERANCE: 'none',
  });
});

test('concurrency and tracing are for those who ask', () => {
  const { functions } = stack(stageWith({ concurrency: 4 }, { tracing: true }));
  expect(functions['contacts']).toMatchObject({ reservedConcurrency: 4, tracing: 'Active' });
  const plain = stack(stageWith({})).functions['contacts'];
  expect(plain).not.toHaveProperty('reservedConcurrency');
  expect(plain).not.toHaveProperty('tracing');
});

test('there is a ledger while one sink keeps it, and none after that', () => {
  expect(stack(stageWith({})).resources.Resources).toHaveProperty('Ledger');
  expect(stack(stageWith({ ledger: false })).resources.Resources).not.toHaveProperty('Ledger');
});

const key = 'arn:aws:kms:us-east-1:111122223333:key/0a1b2c3d';
const stageOptions: Keys = {
  kmsKeyArn: key,
  permissionsBoundary: 'arn:aws:iam::111122223333:policy/boundary',
  tags: { team: 'crm', cost: 17 },
  vpc: { subnetIds: ['subnet-0a1b2c3d'], securityGroupIds: ['sg-0b1b2c3d'] },
};
const { functions, resources, tags } = stack(stageWith({}, stageOptions));
const made = Object.values(resources.Resources);
const ofType = (type: string) => made.filter(({ Type }) => Type === type);

test('Lambda writes its own lines as JSON, and drops none of the function', () => {
  const logs = (keys: Keys) => stack(stageWith(keys)).functions['contacts'];
  expect(logs({})).toMatchObject({
    logs: { logFormat: 'JSON', applicationLogLevel: 'INFO', systemLogLevel: 'INFO' },
  });
  expect(logs({ environment: { POWERTOOLS_LOG_LEVEL: 'debug' } })).toMatchObject({
    logs: { applicationLogLevel: 'DEBUG' },
  });
});

test('all functions are in the VPC of the stage, and their roles may use it', () => {
  for (const name of ['contacts', 'doctor']) {
    expect(functions[name]).toMatchObject({ vpc: stageOptions['vpc'] });
  }
  for (const role of ofType('AWS::IAM::Role')) {
    expect(JSON.stringify(role)).toContain('ec2:CreateNetworkInterface');
  }
});

test('a key of the stage encrypts queues, ledger, logs and variables, and the roles may use it', () => {
  for (const name of ['contacts', 'doctor']) {
    expect(functions[name]).toMatchObject({ kmsKeyArn: key });
  }
  expect(resources.extensions).toEqual({
    ContactsLogGroup: { Properties: { KmsKeyId: key } },
    DoctorLogGroup: { Properties: { KmsKeyId: key } },
  });
  expect(ofType('AWS::SQS::Queue')[0]?.Properties).toMatchObject({ KmsMasterKeyId: key });
  expect(ofType('AWS::SQS::Queue')[0]?.Properties).not.toHaveProperty('SqsManagedSseEnabled');
  expect(ofType('AWS::DynamoDB::Table')[0]?.Properties).toMatchObject({
    SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: key },
  });
  for (const role of ofType('AWS::IAM::Role')) {
    expect(JSON.stringify(role)).toContain('"Sid":"UseStageKey"');
  }
});

test('every role has the boundary, and every resource the tags', () => {
  expect(
    ofType('AWS::IAM::Role').map(({ Properties }) => Properties['PermissionsBoundary']),
  ).toEqual(Array(2).fill(stageOptions['permissionsBoundary']));
  expect(tags).toEqual({ team: 'crm', cost: '17' });
});

/** The names of the tags in a template: of its functions, and of all else. */
function tagsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const own = key === 'Tags' && Array.isArray(inner) ? inner.map(({ Key }) => String(Key)) : [];
    return [...own, ...tagsIn(inner)];
  });
}

test('a tag that the stack sets itself cannot be set in the file', () => {
  const made = frameworkTemplate(stack(stageWith({}, everythingOf)), 'test');
  const names = [...new Set(tagsIn(made))];
  expect(names).toEqual(['release']);
  for (const name of names) {
    expect(read(fileWith({}, { tags: { team: 'crm', [name]: '7' } })).problems).toEqual([
      `line 3: tags.${name} is set by the stack on its functions: the release that runs; choose another name`,
    ]);
  }
});

test('none of these is there unless it is asked for', () => {
  const plain = JSON.stringify(stack(stageWith({})));
  for (const part of ['kms', 'KmsKey', 'PermissionsBoundary', 'vpc"', 'extensions']) {
    expect(plain).not.toContain(part);
  }
});

test('the stack shows what an operator needs', () => {
  const shown = Object.entries(resources.Outputs).map(([name, { Value }]) => [name, Value]);
  expect(Object.fromEntries(shown)).toEqual({
    ContactsFunctionName: { Ref: 'ContactsLambdaFunction' },
    ContactsQueueUrl: { Ref: 'ContactsErrantQueue' },
    DoctorFunctionName: { Ref: 'DoctorLambdaFunction' },
    DashboardUrl:
      'https://us-east-1.console.aws.amazon.com/cloudwatch/home?region=us-east-1#dashboards/dashboard/msk-salesforce-sink-test',
    AlarmTopicArn: { Ref: 'AlarmTopic' },
    LedgerArn: { 'Fn::GetAtt': ['Ledger', 'Arn'] },
    Release: '1.2.3',
  });
});

test('the dashboard is a page of the console of its partition', () => {
  const urlIn = (region: string) => dashboardUrl({ ...stageWith({}), region });
  expect(urlIn('cn-north-1')).toMatch(/^https:\/\/console\.amazonaws\.cn\/cloudwatch\//);
  expect(urlIn('us-gov-west-1')).toMatch(/^https:\/\/console\.amazonaws-us-gov\.com\//);
});

test('a long topic does not make a description that Lambda refuses', () => {
  const { description } = stack(stageWith({ topic: 't'.repeat(249) })).functions['contacts']!;
  expect(description).toHaveLength(256);
});

test('what is kept when the stack is deleted is not kept when its creation fails', () => {
  const kept = made.filter(({ DeletionPolicy }) => DeletionPolicy !== undefined);
  expect(kept.map(({ Type }) => Type)).toEqual(['AWS::DynamoDB::Table', 'AWS::SQS::Queue']);
  for (const { DeletionPolicy } of kept) expect(DeletionPolicy).toBe('RetainExceptOnCreate');
});
