import type { Flushed } from '../flush.ts';
import type { RecordOrigin } from '../kafka/record.ts';
import { timesOf } from '../ledger/state.ts';
import type { Previewed } from '../preview.ts';
import type { JobLoad } from '../salesforce/job/job-load.ts';

/** What one flush did, for metrics; counts are numbers of records. */
export interface FlushCounts extends JobLoad {
  readonly received: number;
  readonly written: number;
  readonly errant: number;
  /** All received records if the flush failed, else 0. */
  readonly redelivered: number;
  /** Settled by an earlier flush, according to the ledger. */
  readonly skipped: number;
  /** Records of a replay that were left out, because their row was written after them. */
  readonly outdated: Flushed['outdated'];
  /** Of a dry run: the records that would be errant again. */
  readonly failing?: Previewed['failing'];
  /** Used share of the org's daily API calls, from 0; null: not known yet. */
  readonly apiUsage: number | null;
  /** Age of the oldest record when the flush began; null: no records, or a replay. */
  readonly oldestRecordAgeMs: number | null;
}

/** The counts of a successful flush. */
export type Settled = Pick<Flushed, 'written' | 'errant' | 'skipped' | 'outdated'> &
  Partial<Pick<Previewed, 'failing'>>;

/** A finished flush. */
export interface EndedFlush {
  readonly records: readonly RecordOrigin[];
  /** Null: the flush failed, and Kafka redelivers its records. */
  readonly settled: Settled | null;
  readonly org: { readonly load: JobLoad; readonly apiUsage: number | null };
  /** Milliseconds since 1970. */
  readonly startedAt: number;
}

/** Counts a flush. The age of a replay's records is left out: they are always old. */
export function countsOf(
  { records, settled, org, startedAt }: EndedFlush,
  isReplay: boolean,
): FlushCounts {
  const { jobs, jobsMs, waits, csvBytes } = org.load;
  const oldest = records.length === 0 || isReplay ? null : timesOf(records).firstTime;
  return {
    received: records.length,
    ...(settled ?? { written: 0, errant: 0, skipped: 0, outdated: [] }),
    redelivered: settled === null ? records.length : 0,
    jobs,
    jobsMs,
    waits,
    csvBytes,
    apiUsage: org.apiUsage,
    oldestRecordAgeMs: oldest === null ? null : startedAt - oldest,
  };
}

/** Publishes the counts of a flush as metrics. */
export type Meter = (counts: FlushCounts) => void;

/** One metric of one flush, with one value for each measurement. */
export interface Measured {
  readonly name: MetricName;
  readonly unit: (typeof metricUnits)[MetricName];
  readonly values: readonly number[];
}

/** The metrics and their CloudWatch units. The dashboard and alarms of `infra/stack` use them. */
export const metricUnits = {
  RecordsReceived: 'Count',
  RecordsWritten: 'Count',
  RecordsErrant: 'Count',
  RecordsRedelivered: 'Count',
  RecordsSkipped: 'Count',
  Jobs: 'Count',
  JobSeconds: 'Seconds',
  Waits: 'Count',
  CsvBytes: 'Bytes',
  ApiUsage: 'None',
  OldestRecordAgeSeconds: 'Seconds',
} as const;

/** The name of a metric. */
export type MetricName = keyof typeof metricUnits;

const ifKnown = (value: number | null): number[] => (value === null ? [] : [value]);

/** The metrics of a flush; those without a known value are left out. */
export function metricsOf(counts: FlushCounts): Measured[] {
  const { oldestRecordAgeMs: ageMs } = counts;
  const values: Readonly<Record<MetricName, readonly number[]>> = {
    RecordsReceived: [counts.received],
    RecordsWritten: [counts.written],
    RecordsErrant: [counts.errant],
    RecordsRedelivered: [counts.redelivered],
    RecordsSkipped: [counts.skipped],
    Jobs: [counts.jobs],
    JobSeconds: counts.jobsMs.map((ms) => ms / 1000),
    Waits: [counts.waits],
    CsvBytes: [counts.csvBytes],
    ApiUsage: ifKnown(counts.apiUsage),
    OldestRecordAgeSeconds: ifKnown(ageMs === null ? null : Math.max(0, ageMs / 1000)),
  };
  const names = Object.keys(values) as MetricName[];
  return names
    .map((name) => ({ name, unit: metricUnits[name], values: values[name] }))
    .filter((metric) => metric.values.length > 0);
}
