import type { MskKafka } from '../sinks-file/kafka.ts';

/** The beginning of the logical ids of a sink's resources, as osls makes it of a function's name. */
export function logicalName(name: string): string {
  const plain = name.replaceAll('-', 'Dash');
  return plain.slice(0, 1).toUpperCase() + plain.slice(1);
}

/** Logical ids of what a sink is made of; function and log group are named by osls. */
export function logicalIds(name: string) {
  const prefix = logicalName(name);
  return {
    function: `${prefix}LambdaFunction`,
    logGroup: `${prefix}LogGroup`,
    role: `${prefix}Role`,
    mapping: `${prefix}EventSourceMapping`,
    errantQueue: `${prefix}ErrantQueue`,
    errantQueuePolicy: `${prefix}ErrantQueuePolicy`,
    alarm: (kind: string) => `${prefix}${kind}Alarm`,
  } as const;
}

/** Logical ids of what all sinks of a stage share. */
export const shared = {
  ledger: 'Ledger',
  alarmTopic: 'AlarmTopic',
  alarmTopicPolicy: 'AlarmTopicPolicy',
  dashboard: 'Dashboard',
} as const;

/**
 * The ARN of a topic or a consumer group: its cluster's, with another kind and the name at its end.
 * See "Actions, resources, and condition keys for Apache Kafka APIs for Amazon MSK clusters".
 */
export function kafkaArn({ clusterArn }: MskKafka, kind: 'topic' | 'group', name: string): string {
  return `${clusterArn.replace(':cluster/', `:${kind}/`)}/${name}`;
}

/** The name of an MSK cluster, as CloudWatch knows it. */
export function clusterName({ clusterArn }: MskKafka): string {
  return clusterArn.split('/')[1] ?? '';
}
