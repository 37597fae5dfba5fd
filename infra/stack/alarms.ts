import type { Sink, Stage } from '../sinks-file/sink.ts';
import { type Resource, type Resources, ref, sub } from './cloudformation.ts';
import { errantWaiting, lag, type Metric, ofLambda, own } from './metrics.ts';
import { logicalIds, shared } from './names.ts';

/** A kind of alarm. docs/OPERATIONS.md has a heading for each, which the alarm names. */
interface Kind {
  /** Part of the logical id and, hyphenated, of the alarm name. */
  readonly id: string;
  readonly heading: string;
  readonly says: string;
  readonly metric: (sink: Sink) => Metric;
  readonly statistic: 'Sum' | 'Maximum';
  /** The alarm fires at this value and above. */
  readonly threshold: (sink: Sink) => number;
  /** Five-minute periods above the threshold, out of the evaluated ones. */
  readonly periods: (sink: Sink) => readonly [bad: number, of: number];
}

const periodSeconds = 300;

/**
 * The periods in which so many flushes that take the whole timeout are seen. Lambda's metrics have the
 * time at which an invocation began, and arrive after its end.
 * Source: AWS Lambda developer guide, "Types of metrics for Lambda functions".
 */
const periodsOf = (flushes: number, { timeout }: Sink): number =>
  Math.ceil((flushes * timeout) / periodSeconds) + 2;

/** The alarms of every sink. */
export const alarmKinds: readonly Kind[] = [
  {
    id: 'Errors',
    heading: 'Function errors',
    says: 'Flushes fail repeatedly; their records wait in Kafka.',
    metric: (sink) => ofLambda(sink, 'Errors'),
    statistic: 'Sum',
    threshold: () => 1,
    // A single failure is redelivered.
    periods: (sink) => [2, periodsOf(2, sink)],
  },
  {
    id: 'Lag',
    heading: 'Offset lag',
    says: 'The sink is far behind its topic.',
    metric: lag,
    statistic: 'Maximum',
    threshold: ({ lagAlarm }) => lagAlarm,
    periods: () => [3, 3],
  },
  {
    id: 'Errant',
    heading: 'Errant records',
    says: 'Records that cannot be written are in the errant queue.',
    metric: errantWaiting,
    statistic: 'Maximum',
    threshold: () => 1,
    periods: () => [1, 1],
  },
  {
    id: 'Duration',
    heading: 'Duration near the timeout',
    says: 'A flush takes nearly as long as the function timeout.',
    metric: (sink) => ofLambda(sink, 'Duration'),
    statistic: 'Maximum',
    threshold: ({ timeout }) => timeout * 900,
    periods: (sink) => [1, periodsOf(1, sink)],
  },
  {
    id: 'ApiUsage',
    heading: 'API usage',
    says: "Most of the org's daily API calls are used up.",
    metric: (sink) => own(sink, 'ApiUsage'),
    statistic: 'Maximum',
    threshold: () => 0.8,
    periods: () => [1, 1],
  },
  {
    id: 'Throttles',
    heading: 'Throttles',
    says: 'Lambda has no concurrency left for the function.',
    metric: (sink) => ofLambda(sink, 'Throttles'),
    statistic: 'Sum',
    threshold: () => 1,
    periods: () => [3, 3],
  },
];

/** The alarms of one sink; all notify the topic of the stage. */
export function alarms(sink: Sink, stage: Stage): Resources {
  const topic = stage.alarmTopicArn ?? ref(shared.alarmTopic);
  const entries = alarmKinds.map((kind) => [
    logicalIds(sink.name).alarm(kind.id),
    alarm(kind, sink, topic),
  ]);
  return Object.fromEntries(entries);
}

function alarm(kind: Kind, sink: Sink, topic: unknown): Resource {
  const { namespace, name, dimensions } = kind.metric(sink);
  const [bad, of] = kind.periods(sink);
  return {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      AlarmName: `${sink.functionName}-${hyphened(kind.id)}`,
      AlarmDescription: `${kind.says} What to do: docs/OPERATIONS.md, "${kind.heading}".`,
      Namespace: namespace,
      MetricName: name,
      Dimensions: Object.entries(dimensions).map(([Name, value]) => ({
        Name,
        Value: filled(value),
      })),
      Statistic: kind.statistic,
      Period: periodSeconds,
      EvaluationPeriods: of,
      DatapointsToAlarm: bad,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      Threshold: kind.threshold(sink),
      // A sink without records has no data.
      TreatMissingData: 'notBreaching',
      AlarmActions: [topic],
      OKActions: [topic],
    },
  };
}

function filled(value: string): unknown {
  return value.includes('${') ? sub(value) : value;
}

function hyphened(id: string): string {
  return id.replace(/(?<=[a-z])[A-Z]/g, '-$&').toLowerCase();
}
