import type { Stage } from '../sinks-file/sink.ts';
import { attribute, onlyTls, policy, type Resources, ref } from './cloudformation.ts';
import { logicalIds, shared } from './names.ts';

/**
 * Contents exist nowhere else, so they are kept when the stack is deleted; but not when the creation
 * of the stack fails, which would leave an empty one at each attempt.
 */
const kept = { DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' } as const;

/**
 * The job ledger of a stage: one item per sink, cluster, topic and partition, with the key `id`. It
 * prevents duplicate rows after a redelivery. CloudFormation chooses its name, so that a new stack
 * does not conflict with the old table.
 */
export function ledger({ sinks, kmsKeyArn }: Stage): Resources {
  if (!sinks.some((sink) => sink.ledger)) return {};
  return {
    [shared.ledger]: {
      Type: 'AWS::DynamoDB::Table',
      ...kept,
      Properties: {
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        SSESpecification: {
          SSEEnabled: true,
          ...(kmsKeyArn === undefined ? {} : { SSEType: 'KMS', KMSMasterKeyId: kmsKeyArn }),
        },
      },
    },
  };
}

const fourteenDays = 14 * 24 * 60 * 60;

/** The queue for records that cannot be written; messages are kept for the maximum of SQS. */
export function errantQueue(name: string, { kmsKeyArn }: Stage): Resources {
  const ids = logicalIds(name);
  const encryption =
    kmsKeyArn === undefined ? { SqsManagedSseEnabled: true } : { KmsMasterKeyId: kmsKeyArn };
  return {
    [ids.errantQueue]: {
      Type: 'AWS::SQS::Queue',
      ...kept,
      Properties: { MessageRetentionPeriod: fourteenDays, ...encryption },
    },
    [ids.errantQueuePolicy]: {
      Type: 'AWS::SQS::QueuePolicy',
      Properties: {
        Queues: [ref(ids.errantQueue)],
        PolicyDocument: policy([onlyTls('sqs', attribute(ids.errantQueue, 'Arn'))]),
      },
    },
  };
}
