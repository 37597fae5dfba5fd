import { multipartLimit } from '../../../src/salesforce/job/multipart.ts';
import { calls, seconds } from '../limits.ts';
import type { Load } from '../load.ts';
import { type Job, JobPolls } from './job-polls.ts';
import type { Allocation, Org } from './org.ts';
import type { Random } from './random.ts';
import { sinkDefaults, waitSeconds } from './sink-defaults.ts';

/** What one invocation does. */
export interface Flush {
  /** Seconds of the invocation. */
  readonly took: number;
  readonly calls: number;
  readonly polls: number;
  /** Null: no job was processed. */
  readonly job: Job | null;
  /** Rows that Salesforce rejects. */
  readonly rejected: number;
  /** Why Kafka redelivers its records; null: they are written. */
  readonly failure: Allocation | 'time' | null;
}

/** The function: flushes batches into the org. */
export class Sink {
  readonly #polls = new JobPolls(sinkDefaults.pollMaxWaitMs);
  readonly #load: Load;
  readonly #org: Org;
  readonly #random: Random;

  constructor(load: Load, org: Org, random: Random) {
    this.#load = load;
    this.#org = org;
    this.#random = random;
  }

  /** Begins a flush; its calls are those until its end. */
  flush(rows: number, now: number): Flush {
    const flush = this.#flush(rows, now);
    this.#org.used.calls += flush.calls;
    return flush;
  }

  /** Learns from the job of a flush that ended at this second. */
  ended({ job }: Flush, at: number): void {
    if (job !== null) this.#polls.learn(job, at * 1000);
  }

  #flush(rows: number, now: number): Flush {
    const none = { polls: 0, job: null, rejected: 0 };
    if (this.#org.isAboveCeiling) {
      return { ...none, took: seconds.refusedFlush, calls: 1, failure: 'calls' };
    }
    const submit = this.#submitCalls(rows);
    if (!this.#org.hasBatches(rows)) {
      const failed = submit + 1;
      return { ...none, took: failed * seconds.call, calls: failed, failure: 'batches' };
    }
    const job = this.#org.submit(rows, now + submit * seconds.call);
    const { polls, seenMs } = this.#polls.follow(job);
    const results = this.#random() < 1 - (1 - this.#load.errant) ** rows ? 1 : 0;
    const all = submit + polls + results;
    // With a ledger a redelivery waits for the same job. Without one the job is aborted.
    const isLate = seenMs > waitSeconds * 1000 && !this.#load.ledger;
    const took = (submit + results) * seconds.call + (isLate ? waitSeconds : seenMs / 1000);
    const rejected = results * Math.max(1, Math.round(rows * this.#load.errant));
    return { took, calls: all, polls, job, rejected, failure: isLate ? 'time' : null };
  }

  /** The CSV is shorter than the JSON, so the size of the JSON is a safe estimate. */
  #submitCalls(rows: number): number {
    const { ledger, bytes } = this.#load;
    return !ledger && rows * bytes <= multipartLimit ? calls.multipart : calls.staged;
  }
}
