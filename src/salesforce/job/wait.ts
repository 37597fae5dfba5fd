import { SinkError } from '../../errors.ts';
import type { JobContext } from './job-context.ts';
import { hasEnded, type JobInfo } from './job-info.ts';
import { nextWait } from './wait-schedule.ts';

/** A job after the waits. */
export interface Waited {
  readonly info: JobInfo;
  readonly waits: number;
  /** Since it was submitted, in milliseconds. */
  readonly elapsedMs: number;
  /**
   * Duration of the job in milliseconds: the middle between the last poll that saw it running and the
   * poll that saw its end. The latter alone would make waits longer and longer.
   */
  readonly tookMs: number;
  /** Why the job can no longer be polled; null if it can. */
  readonly failure: { readonly error: unknown } | null;
}

/** The start of the waits. */
export interface WaitStart {
  readonly info: JobInfo;
  /** Milliseconds since 1970. */
  readonly submittedAt: number;
  readonly recentJobsMs: readonly number[];
  /** Maximum number of waits for this job. */
  readonly maxWaits: number;
}

/** The result of a poll. */
type Poll = Pick<Waited, 'info' | 'failure'>;

/**
 * Polls a job. A transient failure says nothing about the job, which keeps running, so it gives the
 * last known state.
 */
async function poll({ jobs, log }: JobContext, last: JobInfo): Promise<Poll> {
  try {
    return { info: await jobs.info(last.id), failure: null };
  } catch (error) {
    if (!(error instanceof SinkError && error.retryable)) return { info: last, failure: { error } };
    log.warn('job not polled', { job_id: last.id, code: error.code, reason: error.message });
    return { info: last, failure: null };
  }
}

/**
 * Waits until the job has ended, steps or time run out, or the job can no longer be polled. In the
 * latter cases the returned job has not ended.
 */
export async function waitForEnd(context: JobContext, start: WaitStart): Promise<Waited> {
  const { config, runtime, time, log } = context;
  const limits = { maxWaits: start.maxWaits, maxWaitMs: config.pollMaxWaitMs };
  const elapsed = () => runtime.clock.now() - start.submittedAt;
  let seen: Poll = { info: start.info, failure: null };
  let seenRunningMs = 0;
  for (let waits = 0; ; waits++) {
    const elapsedMs = elapsed();
    const { info, failure } = seen;
    const waited = { ...seen, waits, elapsedMs, tookMs: (seenRunningMs + elapsedMs) / 2 };
    if (hasEnded(info.state) || failure !== null) return waited;
    seenRunningMs = elapsedMs;
    const { recentJobsMs } = start;
    const state = { waits, elapsedMs, timeLeftMs: time.waits.left(), recentJobsMs };
    const waitMs = nextWait(state, limits);
    if (waitMs === null) return waited;
    log.info('job running', {
      state: info.state,
      processed: info.processed,
      step: waits + 1,
      next_wait_ms: waitMs,
    });
    await runtime.clock.sleep(waitMs);
    seen = await poll(context, info);
  }
}
