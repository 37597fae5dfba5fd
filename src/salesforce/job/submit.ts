import type { Config } from '../../config/config.ts';
import { SinkError } from '../../errors.ts';
import { retryDelay, retryPolicy } from '../../runtime/http/retry.ts';
import { abort } from './abort.ts';
import type { JobContext } from './job-context.ts';
import type { JobInfo } from './job-info.ts';
import { multipartLimit } from './multipart.ts';

/** How a document went to Salesforce: in the call that creates the job, or in three calls. */
export type UploadMode = 'multipart' | 'staged';

/**
 * Chooses the upload. `auto` and `multipart` use one call for whatever fits into one, but never
 * with a ledger: it must know a job before the job has rows. `auto` does so for inserts only: a job
 * whose reply was lost may run later, and must not put old values over new ones.
 */
export function uploadModeFor(
  config: Pick<Config, 'uploadMode' | 'ledgerTable' | 'operation' | 'recordIdField'>,
  bytes: number,
): UploadMode {
  const { uploadMode, ledgerTable, operation, recordIdField } = config;
  const inserts = operation === 'insert' || recordIdField !== null;
  const asked = uploadMode === 'multipart' || (uploadMode === 'auto' && inserts);
  const oneCall = asked && ledgerTable === null;
  return oneCall && bytes <= multipartLimit ? 'multipart' : 'staged';
}

/** A used-up allowance is not asked again in a loop: that would only use up more. */
const isRetryable = (error: unknown): error is SinkError =>
  error instanceof SinkError && error.retryable && error.code !== 'SALESFORCE_LIMIT';

/** Waits before a further try, or throws `error` when there is none. */
async function backOff(context: JobContext, attempt: number, error: unknown): Promise<void> {
  const { config, runtime, time } = context;
  const policy = { ...retryPolicy, maxRetries: config.maxRetries };
  if (!isRetryable(error)) throw error;
  const { retryAfterMs } = error;
  const state = { attempt, retryAfterMs, timeLeftMs: time.calls.left() };
  const delay = retryDelay(policy, { ...state, random: runtime.random() });
  if (delay === null) throw error;
  await runtime.clock.sleep(delay);
}

/**
 * Closes a job. After a lost or refused reply it looks first, and closes again only while the job
 * is still `Open`.
 */
async function close(context: JobContext, jobId: string): Promise<JobInfo> {
  const { jobs, log } = context;
  for (let attempt = 1; ; attempt++) {
    try {
      return await jobs.close(jobId);
    } catch (error) {
      if (!(error instanceof SinkError)) throw error;
      log.warn('job not closed, looking', { code: error.code, reason: error.message });
      const info = await jobs.info(jobId);
      if (info.state !== 'Open') return info;
      await backOff(context, attempt, error);
    }
  }
}

/**
 * A job that could not be closed must not begin later, when its rows have come again; a job that
 * the ledger knows is found again instead.
 */
async function closeOrAbort(context: JobContext, jobId: string): Promise<JobInfo> {
  try {
    return await close(context, jobId);
  } catch (error) {
    if (!context.leavesJobsRunning) await abort(context, jobId);
    throw error;
  }
}

/** Uploads; false when it failed in passing, and the job is aborted, still without rows. */
async function upload(
  context: JobContext,
  job: { readonly id: string; readonly attempt: number },
  csv: string,
): Promise<boolean> {
  try {
    await context.jobs.upload(job.id, csv);
    return true;
  } catch (error) {
    if (error instanceof SinkError) {
      context.log.warn('upload failed', { code: error.code, reason: error.message });
    }
    await abort(context, job.id);
    await backOff(context, job.attempt, error);
    return false;
  }
}

/** Creates a job without rows, which does nothing before it is filled. */
export async function createEmpty(context: JobContext): Promise<JobInfo> {
  const info = await context.jobs.create();
  context.log.appendKeys({ job_id: info.id });
  return info;
}

/**
 * Uploads an open job's rows and closes it, so that it begins. Null when the upload failed in
 * passing: a job takes one upload, so it is aborted and another must be opened; the `attempt`,
 * from 1, says how long to wait before that. Throws as `Client.call` does.
 */
export async function uploadAndClose(
  context: JobContext,
  job: { readonly id: string; readonly attempt: number },
  csv: string,
): Promise<JobInfo | null> {
  return (await upload(context, job, csv)) ? closeOrAbort(context, job.id) : null;
}

/**
 * Creates a job with its rows in one call. Throws as `Client.call` does, and `JOB_CREATE_UNKNOWN`
 * when a job may have been created but its reply is lost.
 */
export async function createWithRows(context: JobContext, csv: string): Promise<JobInfo> {
  const info = await context.jobs.createWithData(csv);
  context.log.appendKeys({ job_id: info.id });
  return info;
}
