import type { Clock } from '../../src/runtime/deadline.ts';
import { type JobInfo, jobInfoOf } from '../../src/salesforce/job/job-info.ts';
import type { SimulatedJob } from './simulation.ts';

/** A clock that only goes on when somebody sleeps. Starts between two seconds, as any moment does. */
export class SimulatedClock implements Clock {
  #now = 1_760_000_000_480;

  now(): number {
    return this.#now;
  }

  async sleep(ms: number): Promise<void> {
    this.#now += ms;
  }
}

const id = '7505g00000AbCdEAAV';

/** What Salesforce's clock is ahead of the sink's, in milliseconds. */
const aheadMs = 12_345;

/** A time as Salesforce gives it, in whole seconds. */
const wholeSeconds = (ms: number): Date => new Date(Math.floor((ms + aheadMs) / 1000) * 1000);

/** How a job is shown. */
export interface Shown {
  /** The share of its duration that the job waits in Salesforce's queue. */
  readonly queued: number;
  /** Whether Salesforce counts its rows meanwhile, in chunks of 200, at an even pace. */
  readonly counts: boolean;
  /** Between a poll and its reply, in milliseconds; the org answers in the middle. */
  readonly wireMs?: number;
}

/** An org with one job after the other, which answers a poll in the words of Salesforce. */
export class OneJobOrg {
  polls = 0;
  readonly #clock: Clock;
  readonly #shown: Shown;
  #job: SimulatedJob = { rows: 0, tookMs: 0 };
  #startedAt = 0;

  constructor(clock: Clock, shown: Shown) {
    this.#clock = clock;
    this.#shown = shown;
  }

  /** Starts a job, and returns the reply of the call that does. */
  start(job: SimulatedJob): JobInfo {
    this.#job = job;
    this.#startedAt = this.#clock.now();
    this.polls = 0;
    return this.#info();
  }

  async info(): Promise<JobInfo> {
    const halfMs = (this.#shown.wireMs ?? 0) / 2;
    this.polls += 1;
    await this.#clock.sleep(halfMs);
    const info = this.#info();
    await this.#clock.sleep(halfMs);
    return info;
  }

  #info(): JobInfo {
    const { rows, tookMs } = this.#job;
    const { queued, counts } = this.#shown;
    const now = this.#clock.now();
    const share = (now - this.#startedAt) / tookMs;
    const done = Math.max(0, (share - queued) / (1 - queued));
    const running = share <= queued ? 'UploadComplete' : 'InProgress';
    const changedAt = this.#startedAt + Math.min(share, share < 1 ? queued : 1) * tookMs;
    const body = {
      id,
      state: share < 1 ? running : 'JobComplete',
      numberRecordsProcessed:
        share < 1 ? (counts ? Math.floor((done * rows) / 200) * 200 : 0) : rows,
      createdDate: wholeSeconds(this.#startedAt),
      systemModstamp: wholeSeconds(changedAt),
    };
    const headers = { date: wholeSeconds(now).toUTCString() };
    return jobInfoOf({ status: 200, headers, body: JSON.stringify(body) }, id);
  }
}
