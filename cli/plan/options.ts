import { z } from 'zod';
import { parseCommandLine } from '../command-line.ts';
import { maxPartitions } from './limits.ts';
import type { Load } from './load.ts';

/** What `--help` prints. */
export const usage = `Usage: npm run plan -- --rate RECORDS_PER_SECOND --bytes BYTES_PER_RECORD
       npm run plan -- --simulate

Simulates a day of a sink, second by second: the event source mapping, the function's own schedule of
polls, the jobs and the allocations of the org. Shows what the sink does and costs, which limit it meets
when, and a change with which the same day meets none. Nothing is deployed or called.

  --rate N          records a second, of the whole topic, in the mean of the day
  --bytes N         average bytes of a record's value
  --simulate        show each hour of a business day, which has a quiet night and two peaks
                    (--rate 500 --bytes 400, unless they are given)
  --row             print one row of a Markdown table

Topic and sink
  --partitions N    partitions of the topic (3)
  --skew N          share of the records in the busiest partition, 0 to 1 (all the same)
  --pollers N       provisioned pollers (Lambda's own scaling)
  --batch-size N    batchSize of the sink, 1 to 10000 (10000)
  --window N        batchingWindow of the sink, 0 to 300 seconds (60)
  --memory N        memory of the function in MB (512)
  --errant N        share of records that Salesforce rejects, 0 to 1 (0.001)
  --no-ledger       without the job ledger

Org
  --job-seconds N   duration of a job of 10,000 rows (30); see JobSeconds on the dashboard
  --org-jobs N      jobs that the org processes at a time (20); Salesforce publishes no number
  --api-limit N     API calls of the org in 24 hours (100000)

  --seed N          of the random numbers (1); the same seed gives the same day
  --help            show this help

Cost: a sink on MSK, and the doctor of its stage, which runs every hour.
Not counted: free tiers, Kafka, network, the secret, other clients of the org, the doctor's API calls.`;

const number = (least: number, most: number, fallback?: number) => {
  const error = `takes a number from ${least} to ${most}`;
  const schema = z
    .string({ error: 'is missing' })
    .transform(Number)
    .pipe(z.number({ error }).min(least, error).max(most, error));
  return fallback === undefined ? schema : schema.default(fallback);
};

const whole = (least: number, most: number, fallback?: number) =>
  number(least, most, fallback).refine(Number.isInteger, { error: 'takes a whole number' });

const shape = {
  rate: number(0.001, 1e6),
  bytes: number(1, 4_500_000),
  partitions: whole(1, maxPartitions, 3),
  skew: number(0, 1).optional(),
  pollers: whole(1, maxPartitions).optional(),
  'batch-size': whole(1, 10_000, 10_000),
  window: number(0, 300, 60),
  'job-seconds': number(1, 600, 30),
  'org-jobs': whole(1, 1000, 20),
  'api-limit': number(1, 1e9, 100_000),
  errant: number(0, 1, 0.001),
  memory: number(256, 10_240, 512),
  seed: whole(0, 1e9, 1),
};
const flags = {
  ledger: { type: 'boolean', default: true },
  simulate: { type: 'boolean', default: false },
  row: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** The command line: the load, and how to show its day. */
export interface Options {
  readonly load: Load;
  readonly show: 'summary' | 'hours' | 'row';
}

/** The load of `--simulate` that is not given: at its peaks too much for three partitions. */
const sample = { rate: '500', bytes: '400' };

/**
 * Parses the command line; null when it requests help.
 *
 * Throws Error that names every invalid option, and what it takes.
 */
export function readOptions(line: readonly string[]): Options | null {
  const texts = Object.keys(shape).map((name) => [name, { type: 'string' }] as const);
  const { values } = parseCommandLine('plan', {
    args: [...line],
    allowNegative: true,
    options: { ...flags, ...Object.fromEntries(texts) },
  });
  if (values.help) return null;
  const given = values.simulate ? { ...sample, ...values } : values;
  const parsed = z.object(shape).safeParse(given);
  if (!parsed.success) {
    const lines = parsed.error.issues.map(({ path, message }) => `--${String(path[0])} ${message}`);
    throw new Error(lines.join('\n'));
  }
  const load = loadOf(parsed.data, values);
  return { load, show: values.row ? 'row' : values.simulate ? 'hours' : 'summary' };
}

function loadOf(
  data: z.output<z.ZodObject<typeof shape>>,
  { ledger, simulate }: { readonly ledger: boolean; readonly simulate: boolean },
): Load {
  const {
    'batch-size': batchSize,
    'job-seconds': jobSeconds,
    'org-jobs': orgJobs,
    'api-limit': apiLimit,
    skew,
    pollers,
    ...others
  } = data;
  if (skew !== undefined && skew * others.partitions < 1) {
    throw new Error(`--skew takes at least ${(1 / others.partitions).toFixed(3)}: an even share`);
  }
  return {
    ...others,
    batchSize,
    jobSeconds,
    orgJobs,
    apiLimit,
    ledger,
    skew: skew ?? null,
    pollers: pollers ?? null,
    profile: simulate ? 'business' : 'flat',
  };
}
