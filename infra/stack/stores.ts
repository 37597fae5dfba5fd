import {
  attribute,
  onlyTls,
  policy,
  type Resource,
  type Resources,
  ref,
} from './cloudformation.ts';
import { logicalIds } from './names.ts';

/**
 * The job ledger of a stage: one item per sink, cluster, topic and partition, with the key `id`. It
 * is retained when the stack is deleted, since it prevents duplicate rows after a redelivery;
 * CloudFormation chooses its name, so that a new stack does not conflict with the old table.
 */
export const ledger: Resource = {
  Type: 'AWS::DynamoDB::Table',
  DeletionPolicy: 'Retain',
  UpdateReplacePolicy: 'Retain',
  Properties: {
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    SSESpecification: { SSEEnabled: true },
  },
};

const fourteenDays = 14 * 24 * 60 * 60;

/** The queue for records that cannot be written; messages are kept for the maximum of SQS. */
export function errantQueue(name: string): Resources {
  const ids = logicalIds(name);
  return {
    [ids.errantQueue]: {
      Type: 'AWS::SQS::Queue',
      // The records may have expired in their topic.
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: { MessageRetentionPeriod: fourteenDays, SqsManagedSseEnabled: true },
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
