import type { Stage } from '../sinks-file/sink.ts';
import { onlyTls, policy, type Resources, ref, sub } from './cloudformation.ts';
import { shared } from './names.ts';

/**
 * The SNS topic of a stage's alarms, unless one is configured. It is not encrypted: CloudWatch
 * cannot publish to a topic with the AWS managed key, and an alarm has no data of a record.
 */
export function alarmTopic({ alarmTopicArn, alarmEmail, service, stage }: Stage): Resources {
  if (alarmTopicArn !== undefined) return {};
  const topic = ref(shared.alarmTopic);
  return {
    [shared.alarmTopic]: {
      Type: 'AWS::SNS::Topic',
      Properties: {
        DisplayName: `${service} ${stage}`,
        ...(alarmEmail === undefined
          ? {}
          : { Subscription: [{ Protocol: 'email', Endpoint: alarmEmail }] }),
      },
    },
    [shared.alarmTopicPolicy]: {
      Type: 'AWS::SNS::TopicPolicy',
      Properties: {
        Topics: [topic],
        PolicyDocument: policy([
          {
            Sid: 'AlarmsOfThisAccount',
            Effect: 'Allow',
            Principal: { Service: 'cloudwatch.amazonaws.com' },
            Action: 'sns:Publish',
            Resource: topic,
            Condition: { StringEquals: { 'aws:SourceAccount': sub(`\${AWS::AccountId}`) } },
          },
          onlyTls('sns:Publish', topic),
        ]),
      },
    },
  };
}
