import { type JobDuration, JobDurations, sizeOf } from '../../../src/salesforce/job/durations.ts';
import { nextWait } from '../../../src/salesforce/job/next-wait.ts';
import { planPolls } from '../../../src/salesforce/job/plan-polls.ts';
import { chunkRows, progressOf, remainingTime } from '../../../src/salesforce/job/progress.ts';

/** A job of the simulated org; times in milliseconds. */
export interface Job {
  readonly rows: number;
  /** Until the org begins with it. */
  readonly queuedMs: number;
  /** From its submission to its end. */
  readonly tookMs: number;
}

/** As many jobs at first teach at once what they took, later ones together: a day has thousands. */
const taughtTogether = 20;

/** The function's own schedule of polls, with what it learns from the durations of its jobs. */
export class JobPolls {
  readonly #durations = new JobDurations();
  /** What `planPolls` answers, by the size of the job, until there are new durations. */
  readonly #pollTimes = new Map<number, readonly number[]>();
  #learnt = 0;
  #waiting: JobDuration[] = [];
  readonly #maxWaitMs: number;

  constructor(maxWaitMs: number) {
    this.#maxWaitMs = maxWaitMs;
  }

  /** Polls a job until its end is seen: the polls, and when the last one was. */
  follow(job: Job): { readonly polls: number; readonly seenMs: number } {
    const limits = { maxWaits: Number.POSITIVE_INFINITY, maxWaitMs: this.#maxWaitMs };
    const pollTimes = this.#pollTimesFor(job.rows);
    let [elapsedMs, waits, idleMs] = [0, 0, 0];
    let before = stateAt(job, 0);
    while (elapsedMs < job.tookMs) {
      const processed = processedAt(job, elapsedMs);
      if (processed === 0) idleMs = elapsedMs;
      const remainingMs = remainingTime({ processed, rows: job.rows }, elapsedMs - idleMs);
      const timeLeftMs = Number.POSITIVE_INFINITY;
      const state = stateAt(job, elapsedMs);
      const known = { pollTimes, remainingMs, ...progressOf(job.rows, state, before) };
      before = state;
      elapsedMs += nextWait({ waits, elapsedMs, timeLeftMs, ...known }, limits) ?? 0;
      waits += 1;
    }
    return { polls: waits, seenMs: elapsedMs };
  }

  /** Learns the duration of a job that has ended; `at` is in milliseconds since midnight. */
  learn({ rows, tookMs }: Job, at: number): void {
    this.#waiting.push({ rows, tookMs, at });
    this.#learnt += 1;
    if (this.#learnt > taughtTogether && this.#waiting.length < taughtTogether) return;
    this.#durations.add(this.#waiting);
    this.#waiting = [];
    this.#pollTimes.clear();
  }

  #pollTimesFor(rows: number): readonly number[] {
    const size = sizeOf(rows);
    const known = this.#pollTimes.get(size) ?? planPolls(this.#durations.like(rows));
    this.#pollTimes.set(size, known);
    return known;
  }
}

const stateAt = ({ queuedMs }: Job, elapsedMs: number) =>
  elapsedMs <= queuedMs ? 'UploadComplete' : 'InProgress';

/** The rows that Salesforce has counted. */
function processedAt({ rows, queuedMs, tookMs }: Job, elapsedMs: number): number {
  const share = Math.max(0, elapsedMs - queuedMs) / (tookMs - queuedMs);
  return Math.floor((share * rows) / chunkRows) * chunkRows;
}
