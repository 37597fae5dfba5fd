import type { Sink, Stage } from '../sinks-file/sink.ts';
import {
  attribute,
  given,
  policy,
  type Resource,
  type Statement,
  sub,
  viaService,
} from './cloudformation.ts';
import { allow, decrypt, kafkaAccess } from './kafka-access.ts';
import { logicalIds, shared } from './names.ts';

/** The permissions of the function of a sink. Lambda uses this role too, to read the cluster. */
export function role(sink: Sink, stage: Stage): Resource {
  const { logGroup, errantQueue } = logicalIds(sink.name);
  const statements: Statement[] = [
    allow('WriteLogs', ['logs:CreateLogStream', 'logs:PutLogEvents'], attribute(logGroup, 'Arn')),
    ...readSalesforceSecret(sink),
    ...(sink.ledger ? [keepLedger] : []),
    // The function reads the maximum message size of its queue.
    allow(
      'ReportErrantRecords',
      ['sqs:GetQueueAttributes', 'sqs:SendMessage'],
      attribute(errantQueue, 'Arn'),
    ),
    ...(sink.glueSchemas ? [readGlueSchemas] : []),
    ...kafkaAccess(sink, stage),
    ...useStageKey(stage, ['sqs', 'dynamodb']),
    ...(stage.tracing ? [trace] : []),
  ];
  return functionRole(stage, [{ PolicyName: 'sink', PolicyDocument: policy(statements) }]);
}

/** A role of a function with its policies. */
export function functionRole(
  { permissionsBoundary }: Stage,
  Policies: readonly { readonly PolicyName: string; readonly PolicyDocument: unknown }[],
): Resource {
  return {
    Type: 'AWS::IAM::Role',
    Properties: given({
      AssumeRolePolicyDocument: policy([runAsFunction]),
      Policies,
      PermissionsBoundary: permissionsBoundary,
    }),
  };
}

/**
 * Allows `services` to use the key of the stage for the function.
 * Source: Amazon SQS developer guide, "Key management"; Amazon DynamoDB developer guide, "How
 * DynamoDB uses AWS KMS"; AWS Lambda developer guide, "Securing environment variables".
 */
export function useStageKey({ kmsKeyArn }: Stage, services: readonly string[]): Statement[] {
  if (kmsKeyArn === undefined) return [];
  const actions = ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey'];
  const via = services.map(viaService);
  const condition = { StringEquals: { 'kms:ViaService': via } };
  return [{ ...allow('UseStageKey', actions, kmsKeyArn), Condition: condition }];
}

/** Allows Lambda to use the role. */
const runAsFunction = {
  Sid: 'RunAsFunction',
  Effect: 'Allow',
  Principal: { Service: 'lambda.amazonaws.com' },
  Action: 'sts:AssumeRole',
} as const satisfies Omit<Statement, 'Resource'> as Statement;

const keepLedger = allow(
  'KeepLedger',
  ['dynamodb:BatchGetItem', 'dynamodb:PutItem'],
  attribute(shared.ledger, 'Arn'),
);

/**
 * The frame of a value names a schema version by its UUID alone, which belongs to no ARN. Source: AWS
 * Glue developer guide, "IAM examples for deserializers".
 */
export const readGlueSchemas = allow('ReadGlueSchemas', ['glue:GetSchemaVersion'], '*');

/** X-Ray takes no resource. */
export const trace = allow('Trace', ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'], '*');

/**
 * The ARN of the Salesforce secret of a sink; Secrets Manager ends it with six random characters.
 */
export function salesforceSecretArn({ salesforceSecret }: Sink): unknown {
  return salesforceSecret.startsWith('arn:')
    ? salesforceSecret
    : sub(
        `arn:\${AWS::Partition}:secretsmanager:\${AWS::Region}:\${AWS::AccountId}:secret:${salesforceSecret}-??????`,
      );
}

function readSalesforceSecret(sink: Sink): Statement[] {
  const { salesforceSecretKeyArn } = sink;
  return [
    allow('ReadSalesforceSecret', ['secretsmanager:GetSecretValue'], salesforceSecretArn(sink)),
    ...(salesforceSecretKeyArn === undefined
      ? []
      : [decrypt('DecryptSalesforceSecret', [salesforceSecretKeyArn])]),
  ];
}
