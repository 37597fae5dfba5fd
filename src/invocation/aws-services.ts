import type { Config } from '../config/config.ts';
import { type ErrantRecordReporter, logOnly } from '../errant/reporter.ts';
import { type Ledger, noLedger } from '../ledger/ledger.ts';
import { createMetrics } from '../runtime/metrics.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { type Meter, metricsOf } from './metrics.ts';

/**
 * The ledger that the settings name; without one its code is not loaded. Its items belong to one
 * function, org, object and operation, so that a sink whose settings change does not reuse state of its
 * former target.
 */
export async function ledgerOf(config: Config, { clock }: Pick<Runtime, 'clock'>): Promise<Ledger> {
  const { ledgerTable: tableName, sink, uri, object, operation } = config;
  if (tableName === null) return noLedger;
  const { openLedgerTable } = await import('../ledger/open-table.ts');
  return openLedgerTable({
    tableName,
    sink: [sink, new URL(uri).host, object, operation].join('|'),
    now: () => clock.now(),
    sleep: (ms) => clock.sleep(ms),
  });
}

/** The errant queue that the settings name; without one its code is not loaded. */
export async function errantQueueOf(config: Config): Promise<ErrantRecordReporter> {
  const { errantQueueUrl: queueUrl, sink, object, operation } = config;
  if (queueUrl === null) return logOnly;
  const { openErrantQueue } = await import('../errant/open-queue.ts');
  return openErrantQueue({ queueUrl, origin: { sink, object, operation } });
}

/** Publishes the metrics of a flush; their one dimension is the sink. */
export function createMeter({ sink }: Config): Meter {
  const metrics = createMetrics({ sink });
  return (counts) => {
    for (const { name, unit, values } of metricsOf(counts)) {
      for (const value of values) metrics.addMetric(name, unit, value);
    }
    metrics.publishStoredMetrics();
  };
}
