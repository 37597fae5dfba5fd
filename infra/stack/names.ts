import type { MskKafka } from '../sinks-file/kafka.ts';
import type { Place } from '../sinks-file/sink.ts';

/** The prefix of the logical ids of a sink, as osls derives it from a function name. */
export function logicalName(name: string): string {
  const plain = name.replaceAll('-', 'Dash');
  return plain.slice(0, 1).toUpperCase() + plain.slice(1);
}

/** The logical ids of a sink; those of function and log group are chosen by osls. */
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

/** The doctor in serverless.yml, a name that no sink can have. */
export const doctorName = 'doctor';

/** The name of the doctor's Lambda function. */
export function doctorFunctionName({ service, stage }: Pick<Place, 'service' | 'stage'>): string {
  return `${service}-${stage}-${doctorName}`;
}

/** The logical ids that all sinks of a stage share. */
export const shared = {
  ledger: 'Ledger',
  alarmTopic: 'AlarmTopic',
  alarmTopicPolicy: 'AlarmTopicPolicy',
  dashboard: 'Dashboard',
  doctorAlarm: 'DoctorAlarm',
  doctorPolicy: (number: number) => `DoctorPolicy${number}`,
} as const;

/**
 * The ARN of a topic or a consumer group: the cluster's ARN with another kind and the name
 * appended. See "Actions, resources, and condition keys for Apache Kafka APIs for Amazon MSK
 * clusters".
 */
export function kafkaArn({ clusterArn }: MskKafka, kind: 'topic' | 'group', name: string): string {
  return `${clusterArn.replace(':cluster/', `:${kind}/`)}/${name}`;
}

/** The name of an MSK cluster in CloudWatch. */
export function clusterName({ clusterArn }: MskKafka): string {
  return clusterArn.split('/')[1] ?? '';
}
