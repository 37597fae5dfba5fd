import type { Sink } from '../sinks-file/sink.ts';
import { clusterName, logicalIds } from './names.ts';

/** The namespace of the metrics that the function writes into its log, in CloudWatch's own format. */
export const metricNamespace = 'MskSalesforceSink';

/** One metric of one sink, as an alarm and a dashboard both need it. */
export interface Metric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** A metric that the function writes itself; its only dimension is the function's name. */
export function own({ functionName }: Sink, name: string): Metric {
  return { namespace: metricNamespace, name, dimensions: { sink: functionName } };
}

/** A metric that Lambda keeps of the function. */
export function ofLambda({ functionName }: Sink, name: string): Metric {
  return { namespace: 'AWS/Lambda', name, dimensions: { FunctionName: functionName } };
}

/**
 * How many records the sink is behind. Of MSK its own `SumOffsetLag`, which is measured at the
 * brokers and goes on when the mapping has stopped; of other clusters Lambda's `OffsetLag`.
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

/** The records that wait in the sink's errant queue; the queue's name is for CloudFormation to fill in. */
export function errantWaiting({ name }: Sink): Metric {
  const queue = `\${${logicalIds(name).errantQueue}.QueueName}`;
  return {
    namespace: 'AWS/SQS',
    name: 'ApproximateNumberOfMessagesVisible',
    dimensions: { QueueName: queue },
  };
}
