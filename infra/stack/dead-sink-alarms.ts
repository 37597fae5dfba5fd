import { metricNamespace } from '../../src/runtime/metric-namespace.ts';
import type { Sink, Stage } from '../sinks-file/sink.ts';
import { type Resources, ref } from './cloudformation.ts';
import { clusterName, doctorFunctionName, logicalIds, shared } from './names.ts';

// A sink whose mapping never connects invokes nothing: it has no errors, no metrics of its own, and no
// lag while its group has committed nothing. These alarms do without them.

/** What both alarms have in common. */
const alarm = (stage: Stage, properties: Readonly<Record<string, unknown>>) => {
  const topic = stage.alarmTopicArn ?? ref(shared.alarmTopic);
  return {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: { ...properties, AlarmActions: [topic], OKActions: [topic] },
  };
};

/** The headings in docs/OPERATIONS.md. */
export const deadSinkHeadings = { doctor: 'Failed checks', timeLag: 'Time lag' } as const;

/** How often the doctor checks the sinks of a stage. */
export const everyHour = { rate: 'rate(1 hour)', seconds: 3600 } as const;

const watched = ({ sinks }: Stage): readonly Sink[] => sinks.filter(({ enabled }) => enabled);

/**
 * The schedule of the doctor, in the form of serverless.yml; none if no sink is enabled. A disabled
 * sink is not checked, since its mapping is disabled on purpose.
 */
export function doctorSchedule(stage: Stage): readonly unknown[] {
  const sinks = watched(stage).map(({ functionName }) => functionName);
  if (sinks.length === 0) return [];
  const input = { sinks, reports: true, listsJobs: false };
  return [{ schedule: { rate: [everyHour.rate], input } }];
}

/**
 * The alarm on the scheduled doctor. Missing data is a fault: then the doctor itself did not run, or
 * failed. Two of three runs: a single one may meet a minute in which the org is away.
 */
export function doctorAlarm(stage: Stage): Resources {
  if (watched(stage).length === 0) return {};
  const doctor = doctorFunctionName(stage);
  return {
    [shared.doctorAlarm]: alarm(stage, {
      AlarmName: `${doctor}-failed-checks`,
      AlarmDescription: `A check of a sink fails, or the doctor does not run. What to do: docs/OPERATIONS.md, "${deadSinkHeadings.doctor}".`,
      Namespace: metricNamespace,
      MetricName: 'FailedChecks',
      Dimensions: [{ Name: 'doctor', Value: doctor }],
      Statistic: 'Maximum',
      Period: everyHour.seconds,
      EvaluationPeriods: 3,
      DatapointsToAlarm: 2,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      Threshold: 1,
      TreatMissingData: 'breaching',
    }),
  };
}

/** The time that a sink may need to catch up, in seconds. */
const maxTimeLag = 3600;

/**
 * The alarm on the time lag of a sink of MSK, which a slow topic reaches too; other clusters have no such
 * metric. Source: Amazon MSK developer guide, "Monitor consumer lags".
 */
export function timeLagAlarm(sink: Sink, stage: Stage): Resources {
  const { name, functionName, kafka, topic, consumerGroup } = sink;
  if (kafka.kind === 'self-managed') return {};
  return {
    [logicalIds(name).alarm('TimeLag')]: alarm(stage, {
      // Not time-lag, which is the name of the alarm on the lag of another sink whose name ends in -time.
      AlarmName: `${functionName}-lag-time`,
      AlarmDescription: `The sink needs more than an hour to catch up. What to do: docs/OPERATIONS.md, "${deadSinkHeadings.timeLag}".`,
      Namespace: 'AWS/Kafka',
      MetricName: 'EstimatedMaxTimeLag',
      Dimensions: [
        { Name: 'Cluster Name', Value: clusterName(kafka) },
        { Name: 'Consumer Group', Value: consumerGroup },
        { Name: 'Topic', Value: topic },
      ],
      Statistic: 'Maximum',
      Period: 300,
      EvaluationPeriods: 3,
      DatapointsToAlarm: 3,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      Threshold: maxTimeLag,
      TreatMissingData: 'notBreaching',
    }),
  };
}
