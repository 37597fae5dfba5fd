import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { doctorResources } from '../../../infra/stack/doctor.ts';
import { type Keys, read, sampleClusterArn, sampleKeyArn, stageWith } from '../given.ts';

interface Statement {
  Action: string[];
  Resource: unknown;
}

interface Policy {
  Statement: Statement[];
}

interface ManagedPolicy {
  Roles: unknown[];
  PolicyDocument: Policy;
}

const statementsOf = (stage: ReturnType<typeof stageWith>): Statement[] => {
  const { DoctorRole, ...managed } = doctorResources(stage);
  const { Policies } = DoctorRole!.Properties as { Policies: { PolicyDocument: Policy }[] };
  const attached = Object.values(managed).map(
    ({ Properties }) => Properties as unknown as ManagedPolicy,
  );
  for (const { Roles } of attached) expect(Roles).toEqual([{ Ref: 'DoctorRole' }]);
  return [...Policies, ...attached].flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
};

const arn = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
const secret = (name: string) => ({
  'Fn::Sub': `arn:\${AWS::Partition}:secretsmanager:\${AWS::Region}:\${AWS::AccountId}:secret:${name}-??????`,
});

function stageOf(sinks: Record<string, Keys>) {
  const shared = {
    object: 'Contact',
    salesforceUri: 'https://acme.my.salesforce.com',
    kafka: { kind: 'msk', clusterArn: sampleClusterArn },
  };
  const { stage, problems } = read(stringify({ shared, sinks }));
  if (stage === null) throw new Error(problems.join('\n'));
  return stage;
}

test('the doctor may look at the sinks of its stage, and change nothing', () => {
  const stage = stageOf({
    contacts: { topic: 'contacts' },
    leads: {
      topic: 'leads',
      salesforceSecret: 'other/secret',
      salesforceSecretKeyArn: sampleKeyArn,
    },
  });
  expect(statementsOf(stage).map(({ Action, Resource }) => [Action, Resource])).toEqual([
    [['logs:CreateLogStream', 'logs:PutLogEvents'], arn('DoctorLogGroup')],
    [['lambda:ListEventSourceMappings'], '*'],
    [['dynamodb:BatchGetItem'], arn('Ledger')],
    [['dynamodb:PutItem'], arn('Ledger')],
    [
      ['lambda:GetFunctionConfiguration'],
      [arn('ContactsLambdaFunction'), arn('LeadsLambdaFunction')],
    ],
    [
      ['secretsmanager:GetSecretValue'],
      [secret('msk-salesforce-sink/test/salesforce'), secret('other/secret')],
    ],
    [['kms:Decrypt'], [sampleKeyArn]],
    [['sqs:GetQueueAttributes'], [arn('ContactsErrantQueue'), arn('LeadsErrantQueue')]],
  ]);
});

test('a secret that sinks share is named once', () => {
  const stage = stageOf({ contacts: { topic: 'contacts' }, leads: { topic: 'leads' } });
  const reading = statementsOf(stage).find(({ Action }) => Action[0]?.startsWith('secrets'));
  expect(reading?.Resource).toHaveLength(1);
});

test('without a ledger there is none to read, and with traces it may write them', () => {
  const actions = statementsOf(stageWith({ ledger: false }, { tracing: true })).flatMap(
    ({ Action }) => Action,
  );
  expect(actions).not.toContain('dynamodb:BatchGetItem');
  expect(actions).toContain('xray:PutTraceSegments');
});

test('the doctor may read schema versions of Glue if a sink does', () => {
  const mayRead = (glueSchemas: boolean) => {
    const stage = stageOf({
      contacts: { topic: 'contacts', glueSchemas },
      leads: { topic: 'leads' },
    });
    return statementsOf(stage).some(({ Action }) => Action.includes('glue:GetSchemaVersion'));
  };
  expect([mayRead(true), mayRead(false)]).toEqual([true, false]);
});

test('the doctor may write the one item that it tries, and no other', () => {
  const writing = statementsOf(stageWith({})).find(
    ({ Action }) => Action[0] === 'dynamodb:PutItem',
  );
  expect(writing).toMatchObject({
    Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['*|doctor|doctor|0'] } },
  });
});
