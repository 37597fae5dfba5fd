import { SinkError } from '../../errors.ts';
import { abort } from './abort.ts';
import type { JobContext } from './job-context.ts';
import { type EndState, hasEnded, type JobInfo } from './job-info.ts';
import { type Waited, type WaitStart, waitForEnd } from './wait.ts';

/** A job that has ended, as it says of itself: facts, for others to judge. */
export interface EndedJob extends JobInfo {
  readonly state: EndState;
  readonly waits: number;
  /** How long the job took, in milliseconds, as far as the looks at it tell; null: nobody knows. */
  readonly tookMs: number | null;
}

/** Whether a job has ended by itself, though somebody tried to abort it. */
const endedWithoutAbort = ({ state }: JobInfo): boolean => hasEnded(state) && state !== 'Aborted';

function stillRunning({ info, waits, elapsedMs }: Waited, fate: string): SinkError {
  const seconds = Math.round(elapsedMs / 1000);
  return new SinkError(
    'JOB_STILL_RUNNING',
    `Job ${info.id} was ${info.state} after ${waits} waits and ${seconds} s and ${fate}. If this repeats, make batches smaller or raise POLL_MAX_STEPS, POLL_MAX_WAIT_SECONDS or the function's time-out.`,
  );
}

/** What to throw for a job that is not waited for any longer, by what became of it. */
function givenUp(waited: Waited, end: JobInfo | null): unknown {
  if (waited.failure !== null) return waited.failure.error;
  return stillRunning(
    waited,
    end?.state === 'Aborted'
      ? 'was aborted. Kafka redelivers its records'
      : 'could not be aborted, so it may go on writing rows; look at it in Setup, Bulk Data Load Jobs. Kafka redelivers its records',
  );
}

/**
 * Stops a job that has outlived its waits or can no longer be watched, so that it does not go on
 * writing rows that will come again; a job that the ledger knows is left to run. Gives the job if
 * it has ended by itself meanwhile, else throws.
 */
async function stop(context: JobContext, waited: Waited): Promise<JobInfo> {
  if (context.leavesJobsRunning) {
    if (waited.failure !== null) throw waited.failure.error;
    throw stillRunning(waited, 'runs on; the redelivery of its records waits for it');
  }
  const end = await abort(context, waited.info.id);
  if (end !== null && endedWithoutAbort(end)) return end;
  throw givenUp(waited, end);
}

/**
 * Waits until a job that has begun has ended. Throws `JOB_STILL_RUNNING` when waits or time run
 * out, and as `Client.call` does.
 */
export async function follow(context: JobContext, start: WaitStart): Promise<EndedJob> {
  const waited = await waitForEnd(context, start);
  const { waits, info } = waited;
  if (hasEnded(info.state)) {
    return { ...info, state: info.state, waits, tookMs: waited.tookMs };
  }
  const end = await stop(context, waited);
  return { ...end, state: end.state as EndState, waits, tookMs: null };
}
