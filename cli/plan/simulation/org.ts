import { bulk, jobTime } from '../limits.ts';
import type { Load } from '../load.ts';
import type { Job } from './job-polls.ts';
import { normal, type Random } from './random.ts';
import { sinkDefaults } from './sink-defaults.ts';

/** The allocations of an org for 24 hours. */
export const allocations = ['batches', 'calls'] as const;

/** An allocation of an org. */
export type Allocation = (typeof allocations)[number];

/** The org: its allocations, of which a day begins with nothing used, and the jobs that it processes. */
export class Org {
  readonly used: Record<Allocation, number> = { calls: 0, batches: 0 };
  readonly #load: Load;
  readonly #random: Random;
  /** When each of the jobs that are processed at a time ends, in seconds. */
  readonly #ends: number[];

  constructor(load: Load, random: Random) {
    this.#load = load;
    this.#random = random;
    this.#ends = new Array(load.orgJobs).fill(0);
  }

  /** Whether the function begins no flush, so that other clients have calls left. */
  get isAboveCeiling(): boolean {
    return this.used.calls > this.#load.apiLimit * sinkDefaults.apiUsageCeiling;
  }

  /**
   * Whether a job of these rows has bulk batches left; without them it fails. They never hold more
   * than the records of a day, so those need no check.
   */
  hasBatches(rows: number): boolean {
    return this.used.batches + batchesOf(rows) <= bulk.batchesADay;
  }

  /** Takes a job, which waits until the org has an end of another job to begin it. */
  submit(rows: number, now: number): Job {
    this.used.batches += batchesOf(rows);
    const first = this.#ends.indexOf(Math.min(...this.#ends));
    const queued = Math.max(0, (this.#ends[first] as number) - now);
    const took = queued + this.#processing(rows);
    this.#ends[first] = now + took;
    return { rows, queuedMs: queued * 1000, tookMs: took * 1000 };
  }

  /** Whether a job that comes now has to wait. */
  isBusy(now: number): boolean {
    return Math.min(...this.#ends) > now;
  }

  #processing(rows: number): number {
    const { fixedShare, spread } = jobTime;
    const share = fixedShare + (1 - fixedShare) * (rows / bulk.batchRecords);
    return this.#load.jobSeconds * share * Math.exp(spread * normal(this.#random));
  }
}

const batchesOf = (rows: number): number => Math.ceil(rows / bulk.batchRecords);
