import { Metrics } from '@aws-lambda-powertools/metrics';
import { metricNamespace } from './metric-namespace.ts';

/**
 * Metrics that are written into the log in CloudWatch's embedded format, with these dimensions alone:
 * Powertools' default dimension is the service name, which is the same for every sink.
 */
export function createMetrics(dimensions: Readonly<Record<string, string>>): Metrics {
  const metrics = new Metrics({ namespace: metricNamespace });
  metrics.clearDefaultDimensions();
  metrics.setDefaultDimensions(dimensions);
  return metrics;
}
