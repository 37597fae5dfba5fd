import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { Load } from './plan.ts';

/** What `--help` prints. */
export const usage = `Usage: npm run plan -- --rate RECORDS_PER_SECOND --bytes BYTES_PER_RECORD

Estimates the flushes, API calls, bulk batches and cost of a sink, and compares them with the limits
of the org.

  --rate N          records a second, of the whole topic
  --bytes N         average bytes of a record's value
  --batch-size N    batchSize of the sink, 1 to 10000 (10000)
  --window N        batchingWindow of the sink, 0 to 300 seconds (60)
  --pollers N       concurrent flushes, at most the partitions of the topic (1)
  --job-seconds N   duration of a job in Salesforce (30); see JobSeconds on the dashboard
  --memory N        memory of the function in MB (512)
  --partitions N    partitions in a flush (3)
  --api-limit N     API calls of the org in 24 hours (100000)
  --errant N        share of records that Salesforce rejects, 0 to 1 (0.001)
  --no-ledger       without the job ledger
  --help            show this help

Not counted: free tiers, Kafka, network, logs, metrics, alarms, provisioned pollers.`;

const number = (least: number, most: number, fallback?: number) => {
  const error = `takes a number from ${least} to ${most}`;
  const schema = z
    .string({ error: 'is missing' })
    .transform(Number)
    .pipe(z.number({ error }).min(least, error).max(most, error));
  return fallback === undefined ? schema : schema.default(fallback);
};

const load = z.object({
  rate: number(0.001, 1e6),
  bytes: number(1, 4_500_000),
  'batch-size': number(1, 10_000, 10_000),
  window: number(0, 300, 60),
  pollers: number(1, 2000, 1),
  'job-seconds': number(1, 840, 30),
  memory: number(256, 10_240, 512),
  partitions: number(1, 2000, 3),
  'api-limit': number(1, 1e9, 100_000),
  errant: number(0, 1, 0.001),
  ledger: z.boolean(),
});

/**
 * Parses the command line; null when it requests help.
 *
 * Throws Error that names every invalid option, and what it takes.
 */
export function readLoad(line: readonly string[]): Load | null {
  const text = { type: 'string' } as const;
  const names = Object.keys(load.shape).filter((name) => name !== 'ledger');
  const { values } = parseArgs({
    args: [...line],
    allowNegative: true,
    options: {
      ...Object.fromEntries(names.map((name) => [name, text])),
      ledger: { type: 'boolean', default: true },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if ((values as { help?: boolean }).help) return null;
  const parsed = load.safeParse(values);
  if (!parsed.success) {
    const lines = parsed.error.issues.map(({ path, message }) => `--${String(path[0])} ${message}`);
    throw new Error(lines.join('\n'));
  }
  const {
    'batch-size': batchSize,
    'job-seconds': jobSeconds,
    'api-limit': apiLimit,
    ...others
  } = parsed.data;
  return { ...others, batchSize, jobSeconds, apiLimit };
}
