import { abort } from './job/abort.ts';
import { type EndedJob, follow } from './job/follow.ts';
import type { JobContext } from './job/job-context.ts';
import type { JobInfo } from './job/job-info.ts';
import { resume } from './job/resume.ts';
import { fill, open, openFilled, type UploadMode, uploadModeFor } from './job/submit.ts';
import type { JobFates, JobRows } from './result/fates.ts';
import { readFates } from './result/read-fates.ts';

/** How long the jobs of a container took, in milliseconds: the last few, the oldest first. */
export class RecentJobs {
  #tookMs: readonly number[] = [];

  get tookMs(): readonly number[] {
    return this.#tookMs;
  }

  add(tookMs: number): void {
    this.#tookMs = [...this.#tookMs, tookMs].slice(-5);
  }
}

/** The org as one flush sees it: its jobs, up to the end of the invocation's time. */
export class Org {
  readonly #context: JobContext;
  readonly #recent: RecentJobs;
  #waits = 0;

  constructor(context: JobContext, recent: RecentJobs) {
    this.#context = context;
    this.#recent = recent;
  }

  /** Waits for jobs so far. */
  get waits(): number {
    return this.#waits;
  }

  /** Says how a document of so many bytes goes to Salesforce. */
  uploadMode(bytes: number): UploadMode {
    return uploadModeFor(this.#context.config, bytes);
  }

  /** Creates a job with its rows in one call; see `openFilled`. */
  openFilled(csv: string): Promise<JobInfo> {
    return openFilled(this.#context, csv);
  }

  /** Creates a job without rows. */
  open(): Promise<JobInfo> {
    return open(this.#context);
  }

  /** Uploads an open job's rows and starts it; null when another job must be opened; see `fill`. */
  fill(job: { readonly id: string; readonly attempt: number }, csv: string) {
    return fill(this.#context, job, csv);
  }

  /** Stops a job; what goes wrong with that is logged. */
  async abort(jobId: string): Promise<void> {
    await abort(this.#context, jobId);
  }

  /**
   * Waits for the end of a job that an earlier invocation made; null: it is as if it had never been.
   * Throws `JOB_STILL_RUNNING`; see `resume`.
   */
  async resume(jobId: string): Promise<EndedJob | null> {
    const info = await resume(this.#context, jobId);
    return info === null ? null : this.#follow(info);
  }

  /** Waits for the end of a job that has begun. Throws `JOB_STILL_RUNNING`; see `follow`. */
  async follow(info: JobInfo): Promise<EndedJob> {
    const ended = await this.#follow(info);
    const { state, tookMs } = ended;
    if (state === 'JobComplete' && tookMs !== null) this.#recent.add(tookMs);
    return ended;
  }

  /** Reads what became of a job's rows. Throws `JOB_ROWS_MISSING`; see `readFates`. */
  fates(rows: JobRows): Promise<JobFates> {
    return readFates(this.#context.finalJobs, rows);
  }

  async #follow(info: JobInfo): Promise<EndedJob> {
    const { config, edges } = this.#context;
    const ended = await follow(this.#context, {
      info,
      submittedAt: edges.clock.now(),
      recentJobsMs: this.#recent.tookMs,
      maxWaits: config.pollMaxSteps - this.#waits,
    });
    this.#waits += ended.waits;
    return ended;
  }
}
