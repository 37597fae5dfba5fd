import type { JobDuration, JobDurations } from './durations.ts';
import type { JobContext } from './job-context.ts';
import type { EndedJob, JobInfo } from './job-info.ts';
import type { JobLoadCounter } from './job-load.ts';
import { planPolls } from './plan-polls.ts';
import { resume } from './resume.ts';
import { waitForEnd } from './wait-for-end.ts';

/** A job, and its number of rows. */
export interface JobOfRows {
  readonly id: string;
  readonly rows: number;
}

/** Waits for the jobs of one flush, and learns how long they take. */
export class FlushWaits {
  readonly #context: JobContext;
  readonly #durations: JobDurations;
  readonly #load: JobLoadCounter;
  #newDurations: readonly JobDuration[] = [];

  constructor(
    context: JobContext,
    { durations, load }: { readonly durations: JobDurations; readonly load: JobLoadCounter },
  ) {
    this.#context = context;
    this.#durations = durations;
    this.#load = load;
  }

  /** Durations of the flush's new jobs that completed. */
  get newDurations(): readonly JobDuration[] {
    return this.#newDurations;
  }

  /** Learns from jobs of other containers. */
  learn(durations: readonly JobDuration[]): void {
    this.#durations.add(durations);
  }

  /**
   * Waits for the end of a job that an earlier invocation created; null: it wrote nothing and never
   * will. Throws `JOB_STILL_RUNNING`; see `resume`.
   */
  async resume({ id, rows }: JobOfRows): Promise<EndedJob | null> {
    const info = await resume(this.#context, id);
    return info === null ? null : this.#waitForEnd(info, { rows, ageMs: info.createdAgoMs ?? 0 });
  }

  /** Waits for the end of a job that has started. Throws `JOB_STILL_RUNNING`; see `waitForEnd`. */
  async waitForEnd(info: JobInfo, rows: number): Promise<EndedJob> {
    const ended = await this.#waitForEnd(info, { rows, ageMs: 0 });
    const { state, tookMs } = ended;
    if (state === 'JobComplete' && tookMs !== null) {
      const duration = { rows, tookMs, at: this.#context.runtime.clock.now() };
      this.#newDurations = [...this.#newDurations, duration];
      this.#durations.add([duration]);
    }
    return ended;
  }

  /** `ageMs`: how long ago the job was submitted. */
  async #waitForEnd(
    info: JobInfo,
    { rows, ageMs }: { readonly rows: number; readonly ageMs: number },
  ): Promise<EndedJob> {
    const { config, runtime } = this.#context;
    const ended = await waitForEnd(this.#context, {
      info,
      rows,
      submittedAt: runtime.clock.now() - ageMs,
      pollTimes: planPolls(this.#durations.like(rows)),
      maxWaits: config.pollMaxSteps - this.#load.waits,
      onWait: () => this.#load.waited(),
    });
    this.#load.ended(ended);
    return ended;
  }
}
