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
 * The job ledger of a stage: one item for each sink, cluster, topic and partition, keyed by `id`.
 * It stays when the stack goes, since what it remembers is what keeps a redelivery from being
 * written twice; its name is CloudFormation's, so that a new stack does not meet the old table.
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

/** Where a sink reports the records that Salesforce will never take; kept as long as SQS can. */
export function errantQueue(name: string): Resources {
  const ids = logicalIds(name);
  return {
    [ids.errantQueue]: {
      Type: 'AWS::SQS::Queue',
      // Records that wait here are nowhere else any more, once their topic has let them go.
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
