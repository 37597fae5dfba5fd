import { limits } from '../limits/limits.ts';
import { policyCharacters } from '../limits/policy.ts';
import type { Sink, Stage } from '../sinks-file/sink.ts';
import {
  attribute,
  policy,
  type Resource,
  type Resources,
  ref,
  type Statement,
} from './cloudformation.ts';
import { allow, decrypt, useVpc } from './kafka-access.ts';
import { doctorName, logicalIds, shared } from './names.ts';
import { functionRole, readGlueSchemas, salesforceSecretArn, trace, useStageKey } from './role.ts';

/**
 * The doctor's role. What it may read of the sinks is in managed policies, each for as many sinks as
 * it holds: an inline policy would be too small for a large stage.
 */
export function doctorResources(stage: Stage): Resources {
  const { role } = logicalIds(doctorName);
  const policies = groupsOf(stage.sinks).map((sinks, index) => [
    shared.doctorPolicy(index + 1),
    managedPolicy(sinks, role),
  ]);
  const own = policy(ownStatements(stage));
  return {
    [role]: functionRole(stage, [{ PolicyName: doctorName, PolicyDocument: own }]),
    ...Object.fromEntries(policies),
  };
}

function ownStatements(stage: Stage): Statement[] {
  const { sinks, vpc, tracing } = stage;
  const { logGroup } = logicalIds(doctorName);
  const ledger = attribute(shared.ledger, 'Arn');
  return [
    allow('WriteLogs', ['logs:CreateLogStream', 'logs:PutLogEvents'], attribute(logGroup, 'Arn')),
    // This action takes no resource.
    allow('ReadMappings', ['lambda:ListEventSourceMappings'], '*'),
    ...(sinks.some((sink) => sink.ledger)
      ? [allow('ReadLedger', ['dynamodb:BatchGetItem'], ledger), tryLedger]
      : []),
    ...(sinks.some(({ glueSchemas }) => glueSchemas) ? [readGlueSchemas] : []),
    ...(vpc === undefined ? [] : [useVpc]),
    ...useStageKey(stage, ['lambda', 'dynamodb', 'sqs']),
    ...(tracing ? [trace] : []),
  ];
}

function managedPolicy(sinks: readonly Sink[], role: string): Resource {
  return {
    Type: 'AWS::IAM::ManagedPolicy',
    Properties: {
      Description: 'What the doctor may read of some sinks',
      Roles: [ref(role)],
      PolicyDocument: policy(readSinks(sinks)),
    },
  };
}

/** The sinks in groups whose policies fit. */
function groupsOf(sinks: readonly Sink[]): Sink[][] {
  const groups: Sink[][] = [];
  for (const sink of sinks) {
    const last = groups.at(-1) ?? [];
    const fits = policyCharacters(policy(readSinks([...last, sink]))) <= limits.managedPolicy.most;
    if (groups.length > 0 && fits) last.push(sink);
    else groups.push([sink]);
  }
  return groups;
}

/**
 * The doctor asks for a write of an item of its own whose condition cannot hold, to see that the table
 * takes writes. The item's id ends with the partition that the doctor reads, which no sink has.
 */
const tryLedger: Statement = {
  ...allow('TryLedger', ['dynamodb:PutItem'], attribute(shared.ledger, 'Arn')),
  Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['*|doctor|doctor|0'] } },
};

function readSinks(sinks: readonly Sink[]): Statement[] {
  const arns = (attributeOf: (ids: ReturnType<typeof logicalIds>) => string) =>
    sinks.map(({ name }) => attribute(attributeOf(logicalIds(name)), 'Arn'));
  const secrets = new Map(sinks.map((sink) => [sink.salesforceSecret, salesforceSecretArn(sink)]));
  const keys = new Set(sinks.flatMap(({ salesforceSecretKeyArn }) => salesforceSecretKeyArn ?? []));
  return [
    allow(
      'ReadSettings',
      ['lambda:GetFunctionConfiguration'],
      arns((ids) => ids.function),
    ),
    allow('ReadSalesforceSecrets', ['secretsmanager:GetSecretValue'], [...secrets.values()]),
    ...(keys.size === 0 ? [] : [decrypt('DecryptSalesforceSecrets', [...keys])]),
    allow(
      'ReachErrantQueues',
      ['sqs:GetQueueAttributes'],
      arns((ids) => ids.errantQueue),
    ),
  ];
}
