import { metricNamespace } from '../../src/runtime/metric-namespace.ts';
import type { Sink } from '../sinks-file/sink.ts';
import { clusterName, logicalIds } from './names.ts';

/** A metric of a sink for alarms and dashboards. */
export interface Metric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** A metric of the function, with the function's name as its only dimension. */
export function own({ functionName }: Sink, name: string): Metric {
  return { namespace: metricNamespace, name, dimensions: { sink: functionName } };
}

/** A metric of Lambda. */
export function ofLambda({ functionName }: Sink, name: string): Metric {
  return { namespace: 'AWS/Lambda', name, dimensions: { FunctionName: functionName } };
}

/**
 * The lag of the sink. For MSK its `SumOffsetLag`, which is measured at the brokers and continues
 * when the mapping has stopped; for other clusters Lambda's `OffsetLag`.
 */
export function lag(sink: Sink): Metric {
  const { kafka, topic, consumerGroup } = sink;
  if (kafka.kind === 'self-managed') return ofLambda(sink, 'OffsetLag');
  return {
    namespace: 'AWS/Kafka',
    name: 'SumOffsetLag',
    dimensions: {
      'Cluster Name': clusterName(kafka),
      'Consumer Group': consumerGroup,
      Topic: topic,
    },
  };
}

/** The messages in the errant queue of the sink; CloudFormation resolves the name of the queue. */
export function errantWaiting({ name }: Sink): Metric {
  const queue = `\${${logicalIds(name).errantQueue}.QueueName}`;
  return {
    namespace: 'AWS/SQS',
    name: 'ApproximateNumberOfMessagesVisible',
    dimensions: { QueueName: queue },
  };
}
