import type { CsvDocument } from '../../csv/document.ts';
import type { EndedJob } from './job-info.ts';

/** The load that the jobs of one flush put on the org. */
export interface JobLoad {
  /** Jobs created, including those that got no rows. */
  readonly jobs: number;
  /** Duration of each ended job in milliseconds, where known. */
  readonly jobsMs: readonly number[];
  /** Waits for jobs, also for those that have not ended. */
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

  sent({ bytes }: Pick<CsvDocument, 'bytes'>): void {
    this.csvBytes += bytes;
  }

  waited(): void {
    this.waits += 1;
  }

  ended({ tookMs }: Pick<EndedJob, 'tookMs'>): void {
    if (tookMs !== null) this.jobsMs = [...this.jobsMs, tookMs];
  }
}
