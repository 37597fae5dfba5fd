import type { Sink, Stage } from '../sinks-file/sink.ts';
import {
  attribute,
  policy,
  type Resource,
  type Resources,
  type Statement,
} from './cloudformation.ts';
import { doctorSchedule } from './dead-sink-alarms.ts';
import { allow, decrypt } from './kafka-access.ts';
import { logicalIds, shared } from './names.ts';
import { nodeOptions } from './node-options.ts';
import { readGlueSchemas, runAsFunction, salesforceSecretArn, trace } from './role.ts';

/** The name of the function in serverless.yml, which no sink can have. */
export const doctorName = 'doctor';

/** Memory of the doctor, in MB. */
const memory = 512;

/**
 * The function of `npm run doctor`, which reads every sink of the stage, changes nothing, and runs on a
 * schedule too.
 */
export function doctorFunction(all: Stage) {
  const { service, stage, tracing, logRetentionDays } = all;
  return {
    handler: 'dist/doctor.handler',
    name: `${service}-${stage}-${doctorName}`,
    description: 'Checks the sinks of this stage from inside their account',
    role: logicalIds(doctorName).role,
    memorySize: memory,
    environment: { NODE_OPTIONS: nodeOptions(memory) },
    timeout: 300,
    logRetentionInDays: logRetentionDays,
    events: doctorSchedule(all),
    ...(tracing ? { tracing: 'Active' } : {}),
    package: {
      individually: true,
      // Appended to those of serverless.yml.
      patterns: [
        '!dist/sink.mjs',
        '!dist/sink.mjs.map',
        '!dist/sink-parts/**',
        'dist/doctor.mjs',
        'dist/doctor.mjs.map',
        'dist/doctor-parts/**',
      ],
    },
  };
}

/** The doctor's role. */
export function doctorResources(stage: Stage): Resources {
  const { logGroup, role } = logicalIds(doctorName);
  const statements: Statement[] = [
    allow('WriteLogs', ['logs:CreateLogStream', 'logs:PutLogEvents'], attribute(logGroup, 'Arn')),
    ...readSinks(stage.sinks),
    ...(stage.sinks.some(({ glueSchemas }) => glueSchemas) ? [readGlueSchemas] : []),
    ...(stage.tracing ? [trace] : []),
  ];
  const resource: Resource = {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: policy([runAsFunction]),
      Policies: [{ PolicyName: doctorName, PolicyDocument: policy(statements) }],
    },
  };
  return { [role]: resource };
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
    // This action takes no resource.
    allow('ReadMappings', ['lambda:ListEventSourceMappings'], '*'),
    allow('ReadSalesforceSecrets', ['secretsmanager:GetSecretValue'], [...secrets.values()]),
    ...(keys.size === 0 ? [] : [decrypt('DecryptSalesforceSecrets', [...keys])]),
    ...(sinks.some(({ ledger }) => ledger)
      ? [allow('ReadLedger', ['dynamodb:BatchGetItem'], attribute(shared.ledger, 'Arn')), tryLedger]
      : []),
    allow(
      'ReachErrantQueues',
      ['sqs:GetQueueAttributes'],
      arns((ids) => ids.errantQueue),
    ),
  ];
}
