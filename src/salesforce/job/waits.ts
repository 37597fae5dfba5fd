import type { JobLoadCounter } from './counters.ts';
import type { JobDuration, JobDurations } from './durations.ts';
import { type EndedJob, follow } from './follow.ts';
import type { JobContext } from './job-context.ts';
import type { JobInfo } from './job-info.ts';
import { planPolls } from './poll-plan.ts';
import { resume } from './resume.ts';

/** A job, and its number of rows. */
export interface JobOfRows {
  readonly id: string;
  readonly rows: number;
}

/** Waits for the jobs of one flush, and learns how long they take. */
export class JobWaits {
  readonly #context: JobContext;
  readonly #known: JobDurations;
  readonly #load: JobLoadCounter;
  #durations: readonly JobDuration[] = [];

  constructor(
    context: JobContext,
    { known, load }: { readonly known: JobDurations; readonly load: JobLoadCounter },
  ) {
    this.#context = context;
    this.#known = known;
    this.#load = load;
  }

  /** Durations of the flush's new jobs that completed. */
  get durations(): readonly JobDuration[] {
    return this.#durations;
  }

  /** Learns from jobs of other containers. */
  learn(durations: readonly JobDuration[]): void {
    this.#known.add(durations);
  }

  /**
   * Waits for the end of a job that an earlier invocation created; null: it wrote nothing and never
   * will. Throws `JOB_STILL_RUNNING`; see `resume`.
   */
  async resume({ id, rows }: JobOfRows): Promise<EndedJob | null> {
    const info = await resume(this.#context, id);
    return info === null ? null : this.#follow(info, { rows, ageMs: info.createdAgoMs ?? 0 });
  }

  /** Waits for the end of a job that has started. Throws `JOB_STILL_RUNNING`; see `follow`. */
  async follow(info: JobInfo, rows: number): Promise<EndedJob> {
    const ended = await this.#follow(info, { rows, ageMs: 0 });
    const { state, tookMs } = ended;
    if (state === 'JobComplete' && tookMs !== null) {
      const duration = { rows, tookMs, at: this.#context.runtime.clock.now() };
      this.#durations = [...this.#durations, duration];
      this.#known.add([duration]);
    }
    return ended;
  }

  /** `ageMs`: how long ago the job was submitted. */
  async #follow(
    info: JobInfo,
    { rows, ageMs }: { readonly rows: number; readonly ageMs: number },
  ): Promise<EndedJob> {
    const { config, runtime } = this.#context;
    const ended = await follow(this.#context, {
      ...{ info, rows },
      submittedAt: runtime.clock.now() - ageMs,
      pollTimes: planPolls(this.#known.like(rows)),
      maxWaits: config.pollMaxSteps - this.#load.waits,
      onWait: () => this.#load.waited(),
    });
    this.#load.ended(ended);
    return ended;
  }
}
