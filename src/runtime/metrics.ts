import { Metrics } from '@aws-lambda-powertools/metrics';

/**
 * Metrics that are written into the log in CloudWatch's embedded format, with these dimensions alone:
 * Powertools' default dimension is the service name, which is the same for every sink.
 */
export function createMetrics(dimensions: Readonly<Record<string, string>>): Metrics {
  const metrics = new Metrics({ namespace: 'MskSalesforceSink' });
  metrics.clearDefaultDimensions();
  metrics.setDefaultDimensions(dimensions);
  return metrics;
}
