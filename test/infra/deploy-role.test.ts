import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse, parseDocument } from 'yaml';
import { limits } from '../../infra/limits/limits.ts';
import { types } from './stack-types.ts';

interface Statement {
  Sid: string;
  Action: string | string[];
  Resource: unknown;
  Condition?: unknown;
}

interface Template {
  Resources: Record<string, { Type: string; Properties: Record<string, unknown> }>;
}

/** The template with the short forms of its functions as the text or list that they are applied to. */
const source = readFileSync('examples/deploy-role.yml', 'utf8');
const template: Template = parseDocument(source).toJS();

const policies = Object.values(template.Resources).flatMap(({ Type, Properties }) =>
  Type === 'AWS::IAM::ManagedPolicy'
    ? [Properties['PolicyDocument'] as { Statement: Statement[] }]
    : [],
);
const statements = policies.flatMap(({ Statement: list }) => list);
const actions = new Set(statements.flatMap(({ Action }) => Action));

/**
 * The actions to create, change and delete a resource, of those that CloudFormation uses for it.
 * Source: the resource types in the CloudFormation registry, "handlers", "permissions".
 */
const needed: Readonly<Record<string, string>> = {
  'AWS::CloudWatch::Alarm': 'cloudwatch: PutMetricAlarm DeleteAlarms DescribeAlarms',
  'AWS::CloudWatch::Dashboard': 'cloudwatch: PutDashboard GetDashboard DeleteDashboards',
  'AWS::DynamoDB::Table':
    'dynamodb: CreateTable DescribeTable UpdateTable DeleteTable UpdateTimeToLive UpdateContinuousBackups DescribeContinuousBackups DescribeTimeToLive TagResource',
  'AWS::Events::Rule':
    'events: PutRule DescribeRule DeleteRule PutTargets RemoveTargets ListTargetsByRule TagResource',
  'AWS::IAM::ManagedPolicy':
    'iam: CreatePolicy CreatePolicyVersion DeletePolicy DeletePolicyVersion GetPolicy AttachRolePolicy DetachRolePolicy',
  'AWS::IAM::Role':
    'iam: CreateRole GetRole DeleteRole PutRolePolicy DeleteRolePolicy UpdateAssumeRolePolicy PutRolePermissionsBoundary PassRole TagRole',
  'AWS::Lambda::EventSourceMapping':
    'lambda: CreateEventSourceMapping GetEventSourceMapping UpdateEventSourceMapping DeleteEventSourceMapping',
  'AWS::Lambda::Function':
    'lambda: CreateFunction GetFunction UpdateFunctionCode UpdateFunctionConfiguration DeleteFunction PutFunctionConcurrency TagResource',
  'AWS::Lambda::Permission': 'lambda: AddPermission RemovePermission GetPolicy',
  'AWS::Logs::LogGroup':
    'logs: CreateLogGroup DescribeLogGroups PutRetentionPolicy DeleteLogGroup AssociateKmsKey TagResource',
  'AWS::Logs::QueryDefinition':
    'logs: PutQueryDefinition DescribeQueryDefinitions DeleteQueryDefinition',
  'AWS::S3::Bucket':
    's3: CreateBucket PutEncryptionConfiguration PutBucketPublicAccessBlock PutBucketTagging PutObject GetObject ListBucket DeleteObject',
  'AWS::S3::BucketPolicy': 's3: PutBucketPolicy GetBucketPolicy DeleteBucketPolicy',
  'AWS::SNS::Topic':
    'sns: CreateTopic GetTopicAttributes SetTopicAttributes Subscribe DeleteTopic TagResource',
  'AWS::SNS::TopicPolicy': 'sns: SetTopicAttributes',
  'AWS::SQS::Queue': 'sqs: CreateQueue GetQueueAttributes SetQueueAttributes DeleteQueue TagQueue',
  'AWS::SQS::QueuePolicy': 'sqs: SetQueueAttributes',
};

test.each([...types].toSorted())(
  'the role of the workflow may make, change and delete %s',
  (type) => {
    const [service = '', names = ''] = needed[type]?.split(': ') ?? [];
    expect(names).not.toBe('');
    for (const name of names.split(' ')) expect(actions).toContain(`${service}:${name}`);
  },
);

test('it may do nothing by a pattern of actions, and only to resources of this service', () => {
  for (const action of actions) expect(action).toMatch(/^[a-z0-9]+:[A-Za-z]+$/);
  const everything = statements.filter(({ Resource }) => Resource === '*');
  // These take no resource, or a condition instead.
  expect(everything.map(({ Sid }) => Sid)).toEqual([
    ...['ValidateTemplate', 'ManageMappings', 'ReadMappings', 'ManageSavedQueries', 'FindNetwork'],
  ]);
  const others = statements.filter(({ Sid, Resource }) => {
    const names = [Resource].flat().map(String);
    return Resource !== '*' && !names.every((name) => name.includes(`\${Service}-`)) && Sid !== '';
  });
  expect(others.map(({ Sid }) => Sid)).toEqual(['TagMappings', 'UseKey']);
});

test('with a boundary, it gives no role rights beyond it, and takes it from none', () => {
  const bounded = source.replaceAll(
    /^( +)# ( *(?:Condition:|StringEquals:|iam:\S+: \S+))$/gm,
    '$1$2',
  );
  const { Resources }: Template = parseDocument(bounded).toJS();
  const { Statement: list } = Resources['Stack']!.Properties['PolicyDocument'] as {
    Statement: Statement[];
  };
  const ofAction = (action: string) =>
    list.filter(({ Action }) => [Action].flat().includes(action));

  for (const name of [
    ...['CreateRole', 'PutRolePolicy', 'AttachRolePolicy', 'PutRolePermissionsBoundary'],
  ]) {
    const conditions = ofAction(`iam:${name}`).map(({ Condition }) => Condition);
    const condition = { 'iam:PermissionsBoundary': 'arn:aws:iam::111122223333:policy/boundary' };
    expect(conditions, name).toEqual([{ StringEquals: condition }]);
  }
  // The comment tells to remove this one, so it must allow nothing else.
  expect(ofAction('iam:DeleteRolePermissionsBoundary')).toMatchObject([
    { Sid: 'UnboundRoles', Action: 'iam:DeleteRolePermissionsBoundary' },
  ]);
  expect(source.replaceAll(/\n +# /g, ' ')).toContain('and remove the statement UnboundRoles.');
});

test('its policies fit', () => {
  for (const policy of policies) {
    const longest = JSON.stringify(policy).replaceAll(`\${Service}`, 's'.repeat(30));
    expect(longest.replaceAll(/\s/g, '').length).toBeLessThan(limits.managedPolicy.most);
  }
});

test('only workflows in an environment of the repository may take it', () => {
  const trust = JSON.stringify(
    template.Resources['Deployer']?.Properties['AssumeRolePolicyDocument'],
  );
  expect(trust).toContain(`repo:\${Repository}:environment:\${Environment}`);
  expect(trust).not.toContain('*');
});

test('the workflow of the example deploys the stage that was asked for, with the locked packages', () => {
  const { jobs, permissions } = parse(readFileSync('examples/deploy.yml', 'utf8'));
  const runs = jobs.deploy.steps.flatMap(({ run }: { run?: string }) => run ?? []);
  expect(permissions).toEqual({ contents: 'read', 'id-token': 'write' });
  expect(jobs.deploy.environment).toBe('production');
  expect(runs).toEqual([
    ...['npm ci', 'npm run package -- --stage "$STAGE"', 'npm run deploy -- --stage "$STAGE"'],
  ]);
});
