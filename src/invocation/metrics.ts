import type { Flushed } from '../flush.ts';
import type { RecordOrigin } from '../kafka/record.ts';
import { timesOf } from '../ledger/state.ts';
import type { JobLoad } from '../salesforce/job-load.ts';

/** What one flush did, for whoever watches the sink from afar. Records in numbers of records. */
export interface FlushCounts extends JobLoad {
  readonly received: number;
  readonly written: number;
  readonly errant: number;
  /** All that were received, when the flush failed. */
  readonly redelivered: number;
  /** Settled by an earlier flush, as the ledger knows. */
  readonly skipped: number;
  /** Share of the org's daily API calls that is used, from 0 up; null: nobody knows yet. */
  readonly apiUsage: number | null;
  /** Age of the oldest record when the flush began; null: there is none, or its age says nothing. */
  readonly oldestRecordAgeMs: number | null;
}

/** What became of the records of a flush that did not fail. */
export type Settled = Pick<Flushed, 'written' | 'errant' | 'skipped'>;

/** A flush at its end. */
export interface EndedFlush {
  readonly records: readonly RecordOrigin[];
  /** Null: it failed, and Kafka sends its records again. */
  readonly settled: Settled | null;
  readonly org: { readonly load: JobLoad; readonly apiUsage: number | null };
  /** Milliseconds since 1970. */
  readonly startedAt: number;
}

/** Counts a flush. The records of a replay are old by nature, so their age is left out. */
export function countsOf(
  { records, settled, org, startedAt }: EndedFlush,
  isReplay: boolean,
): FlushCounts {
  const { jobs, jobsMs, waits, csvBytes } = org.load;
  const oldest = records.length === 0 || isReplay ? null : timesOf(records).firstTime;
  return {
    received: records.length,
    ...(settled ?? { written: 0, errant: 0, skipped: 0 }),
    redelivered: settled === null ? records.length : 0,
    ...{ jobs, jobsMs, waits, csvBytes },
    apiUsage: org.apiUsage,
    oldestRecordAgeMs: oldest === null ? null : startedAt - oldest,
  };
}

/** Takes what a flush counted to where metrics are kept. */
export type Meter = (counts: FlushCounts) => void;

/** One metric of one flush; several values where the flush has measured several times. */
export interface Measured {
  readonly name: MetricName;
  readonly unit: (typeof metricUnits)[MetricName];
  readonly values: readonly number[];
}

/** The metrics and their units, in CloudWatch's words. `infra/stack` draws and watches them. */
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

const known = (value: number | null): number[] => (value === null ? [] : [value]);

/** The metrics of a flush; those that nobody knows the value of are left out. */
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
    ApiUsage: known(counts.apiUsage),
    OldestRecordAgeSeconds: known(ageMs === null ? null : Math.max(0, ageMs / 1000)),
  };
  const names = Object.keys(values) as MetricName[];
  return names
    .map((name) => ({ name, unit: metricUnits[name], values: values[name] }))
    .filter((metric) => metric.values.length > 0);
}
