import { SinkError } from '../../errors.ts';
import { abort } from './abort.ts';
import type { JobContext } from './job-context.ts';
import { type EndState, hasEnded, type JobInfo } from './job-info.ts';
import { type Waited, type WaitStart, waitForEnd } from './wait.ts';

/** A job that has ended, as it says of itself: facts, for others to judge. */
export interface EndedJob extends JobInfo {
  readonly state: EndState;
  readonly waits: number;
  /** How long the job took, as far as the looks at it tell; in milliseconds. */
  readonly tookMs: number;
}

/** Whether a job has ended by itself, though somebody tried to abort it. */
const endedByItself = ({ state }: JobInfo): boolean => hasEnded(state) && state !== 'Aborted';

/** A job that can no longer be followed is aborted; if it has ended meanwhile, its end counts. */
async function watch(context: JobContext, start: WaitStart): Promise<Waited> {
  try {
    return await waitForEnd(context, start);
  } catch (error) {
    const end = context.leavesJobs ? null : await abort(context, start.info.id);
    if (end === null || !endedByItself(end)) throw error;
    return { info: end, waits: 0, elapsedMs: 0, tookMs: 0 };
  }
}

function stillRunning({ info, waits, elapsedMs }: Waited, fate: string): SinkError {
  const seconds = Math.round(elapsedMs / 1000);
  return new SinkError(
    'JOB_STILL_RUNNING',
    `Job ${info.id} was ${info.state} after ${waits} waits and ${seconds} s and ${fate}. If this repeats, make batches smaller or raise POLL_MAX_STEPS, POLL_MAX_WAIT_SECONDS or the function's time-out.`,
  );
}

/**
 * Stops a job that has outlived its waits, so that it does not go on writing rows that will come
 * again. Gives the job if it has ended by itself meanwhile, else throws `JOB_STILL_RUNNING`. A job
 * that the ledger knows is left to run.
 */
async function stop(context: JobContext, waited: Waited): Promise<JobInfo> {
  if (context.leavesJobs) {
    throw stillRunning(waited, 'runs on; the redelivery of its records waits for it');
  }
  const end = await abort(context, waited.info.id);
  if (end !== null && endedByItself(end)) return end;
  throw stillRunning(
    waited,
    end?.state === 'Aborted'
      ? 'was aborted. Kafka redelivers its records'
      : 'could not be aborted, so it may go on writing rows; look at it in Setup, Bulk Data Load Jobs. Kafka redelivers its records',
  );
}

/**
 * Waits until a job that has begun has ended. Throws `JOB_STILL_RUNNING` when waits or time run
 * out, and as `Client.call` does.
 */
export async function follow(context: JobContext, start: WaitStart): Promise<EndedJob> {
  const waited = await watch(context, start);
  const info = hasEnded(waited.info.state) ? waited.info : await stop(context, waited);
  const { waits, tookMs } = waited;
  return { ...info, state: info.state as EndState, waits, tookMs };
}
