import { SinkError } from '../../errors.ts';
import { abort } from './abort.ts';
import type { JobContext } from './job-context.ts';
import { type EndedJob, type EndState, hasEnded, type JobInfo } from './job-info.ts';
import { pollUntilEnd, type Waited, type WaitStart } from './poll-until-end.ts';

/** Whether a job ended before it could be aborted. */
const endedWithoutAbort = ({ state }: JobInfo): boolean => hasEnded(state) && state !== 'Aborted';

function stillRunning({ info, waits, elapsedMs }: Waited, end: string): SinkError {
  const seconds = Math.round(elapsedMs / 1000);
  return new SinkError(
    'JOB_STILL_RUNNING',
    `Job ${info.id} was ${info.state} after ${waits} waits and ${seconds} s and ${end}. If this repeats, make batches smaller or raise POLL_MAX_STEPS, POLL_MAX_WAIT_SECONDS or the function's timeout.`,
  );
}

/** The error of a job that is no longer waited for, by its state after the abort. */
function givenUp(waited: Waited, end: JobInfo | null): unknown {
  if (waited.failure !== null) return waited.failure.error;
  return stillRunning(
    waited,
    end?.state === 'Aborted'
      ? 'was aborted. Kafka redelivers its records'
      : 'could not be aborted, so it may continue to write rows; check it in Setup, Bulk Data Load Jobs. Kafka redelivers its records',
  );
}

/**
 * Stops waiting for a job. Without a ledger the job is aborted, so that it does not keep writing rows
 * that Kafka redelivers; with a ledger it is left running. Returns the job if it has ended meanwhile,
 * else throws.
 */
async function stop(context: JobContext, waited: Waited): Promise<JobInfo> {
  if (context.leavesJobsRunning) {
    if (waited.failure !== null) throw waited.failure.error;
    throw stillRunning(waited, 'is still running; the redelivery of its records waits for it');
  }
  const end = await abort(context, waited.info.id);
  if (end !== null && endedWithoutAbort(end)) return end;
  throw givenUp(waited, end);
}

const endedJob = (
  { changedAgoMs: _, createdAgoMs: __, ...info }: JobInfo,
  waits: number,
  tookMs: number | null,
): EndedJob => ({ ...info, state: info.state as EndState, waits, tookMs });

/**
 * Waits until a started job has ended. Throws `JOB_STILL_RUNNING` when waits or time run out, and as
 * `Client.call` does.
 */
export async function waitForEnd(context: JobContext, start: WaitStart): Promise<EndedJob> {
  const waited = await pollUntilEnd(context, start);
  const { waits, info } = waited;
  if (hasEnded(info.state)) {
    return endedJob(info, waits, waited.tookMs);
  }
  const end = await stop(context, waited);
  return endedJob(end, waits, null);
}
