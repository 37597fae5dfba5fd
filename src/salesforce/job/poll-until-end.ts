import { SinkError } from '../../errors.ts';
import { estimateDuration, type Seen } from './estimate-duration.ts';
import type { JobContext } from './job-context.ts';
import { hasEnded, type JobInfo } from './job-info.ts';
import { nextWait } from './next-wait.ts';
import { progressOf, remainingTime } from './progress.ts';

/** A job after the waits. */
export interface Waited {
  readonly info: JobInfo;
  readonly waits: number;
  /** Since it was submitted, in milliseconds. */
  readonly elapsedMs: number;
  /** Duration of the job in milliseconds; see `estimateDuration`. */
  readonly tookMs: number;
  /** Why the job can no longer be polled; null if it can. */
  readonly failure: { readonly error: unknown } | null;
}

/** The start of the waits. */
export interface WaitStart {
  readonly info: JobInfo;
  /** Milliseconds since 1970. */
  readonly submittedAt: number;
  readonly rows: number;
  /** When jobs of this size had ended; see `planPolls`. */
  readonly pollTimes: readonly number[];
  /** Maximum number of waits for this job. */
  readonly maxWaits: number;
  /** Called before each wait. */
  readonly onWait: () => void;
}

/** The result of a poll. */
type Poll = Pick<Waited, 'info' | 'failure'>;

/**
 * Polls a job. A transient failure says nothing about the job, which keeps running, so it gives the
 * last known state.
 */
async function pollOnce({ jobs, log }: JobContext, last: JobInfo): Promise<Poll> {
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
export async function pollUntilEnd(context: JobContext, start: WaitStart): Promise<Waited> {
  const { config, runtime, time, log } = context;
  const limits = { maxWaits: start.maxWaits, maxWaitMs: config.pollMaxWaitMs };
  const elapsed = () => runtime.clock.now() - start.submittedAt;
  let poll: Poll = { info: start.info, failure: null };
  let before = start.info.state;
  let seen: Seen = { runningMs: 0, idleMs: 0 };
  // Durations say when to send a poll, so they count from there and not from its reply.
  let sentMs = elapsed();
  for (let waits = 0; ; waits++) {
    const elapsedMs = elapsed();
    const { info, failure } = poll;
    const waited = { ...poll, waits, elapsedMs, tookMs: estimateDuration(info, sentMs, seen) };
    if (hasEnded(info.state) || failure !== null) return waited;
    seen = { runningMs: sentMs, idleMs: info.processed ? seen.idleMs : elapsedMs };
    const { rows, pollTimes } = start;
    const remainingMs = remainingTime({ ...info, rows }, elapsedMs - seen.idleMs);
    const timeLeftMs = time.waits.left();
    const progress = { remainingMs, ...progressOf(rows, info.state, before) };
    const waitMs = nextWait({ waits, elapsedMs, timeLeftMs, pollTimes, ...progress }, limits);
    if (waitMs === null) return waited;
    log.info('job running', {
      state: info.state,
      processed: info.processed,
      step: waits + 1,
      next_wait_ms: waitMs,
    });
    start.onWait();
    await runtime.clock.sleep(waitMs);
    sentMs = elapsed();
    before = info.state;
    poll = await pollOnce(context, info);
  }
}
