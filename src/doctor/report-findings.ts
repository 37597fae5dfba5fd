import type { Log } from '../runtime/log.ts';
import { createMetrics } from '../runtime/metrics.ts';
import type { Finding } from './checks.ts';

/** The findings of one sink. */
interface SinkFindings {
  readonly functionName: string;
  readonly findings: readonly Finding[];
}

/**
 * Logs every check that failed, and counts them as the metric `FailedChecks`, whose dimension is the
 * doctor's name. An alarm watches it, and takes missing data for a fault.
 */
export function reportFindings(
  log: Pick<Log, 'error'>,
  doctor: string,
  sinks: readonly SinkFindings[],
): void {
  let failed = 0;
  for (const { functionName, findings } of sinks) {
    for (const { check, state, detail, remedy } of findings) {
      if (state !== 'failed') continue;
      failed += 1;
      log.error('check failed', { sink: functionName, check, detail, remedy });
    }
  }
  const metrics = createMetrics({ doctor });
  metrics.addMetric('FailedChecks', 'Count', failed);
  metrics.publishStoredMetrics();
}
