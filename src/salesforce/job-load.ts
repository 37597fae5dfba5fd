import type { EndedJob } from './job/follow.ts';

/** What the jobs of one flush have asked of the org. */
export interface JobLoad {
  /** Jobs that were asked for, those that got no rows among them. */
  readonly jobs: number;
  /** How long each job took that ended, in milliseconds, as far as anybody knows. */
  readonly jobsMs: readonly number[];
  /** Waits for jobs that ended. */
  readonly waits: number;
  /** Bytes of CSV that were sent. */
  readonly csvBytes: number;
}

/** Adds up the load of one flush. */
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
