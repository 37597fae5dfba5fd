import type { EndedJob } from './follow.ts';

/** The load that the jobs of one flush put on the org. */
export interface JobLoad {
  /** Jobs created, including those that got no rows. */
  readonly jobs: number;
  /** Duration of each ended job in milliseconds, where known. */
  readonly jobsMs: readonly number[];
  /** Waits for ended jobs. */
  readonly waits: number;
  /** Bytes of CSV that were sent. */
  readonly csvBytes: number;
}

/** Counts the load of one flush. */
export class JobLoadCounter implements JobLoad {
  jobs = 0;
  jobsMs: readonly number[] = [];
  waits = 0;
  csvBytes = 0;

  created(): void {
    this.jobs += 1;
  }

  sent(csv: string): void {
    this.csvBytes += Buffer.byteLength(csv);
  }

  ended({ waits, tookMs }: Pick<EndedJob, 'waits' | 'tookMs'>): void {
    this.waits += waits;
    if (tookMs !== null) this.jobsMs = [...this.jobsMs, tookMs];
  }
}
