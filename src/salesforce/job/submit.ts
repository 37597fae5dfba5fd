import type { Config } from '../../config.ts';
import { SinkError } from '../../errors.ts';
import { retryDelay, retryPolicy } from '../../http/retry.ts';
import { abort } from './abort.ts';
import type { JobContext } from './job-context.ts';
import type { JobInfo } from './job-info.ts';
import { multipartLimit } from './multipart.ts';

/** How a document went to Salesforce: in the call that creates the job, or in three calls. */
export type UploadMode = 'multipart' | 'staged';

/** Chooses the upload. `auto` and `multipart` use one call for whatever fits into one. */
export function uploadModeFor(config: Pick<Config, 'uploadMode'>, bytes: number): UploadMode {
  return config.uploadMode !== 'staged' && bytes <= multipartLimit ? 'multipart' : 'staged';
}

/** A used-up allowance is not asked again in a loop: that would only use up more. */
const mayTryAgain = (error: unknown): error is SinkError =>
  error instanceof SinkError && error.retryable && error.code !== 'SALESFORCE_LIMIT';

/** Waits before a further try, or throws `error` when there is none. */
async function backOff(context: JobContext, attempt: number, error: unknown): Promise<void> {
  const { config, edges, time } = context;
  const policy = { ...retryPolicy, maxRetries: config.maxRetries };
  if (!mayTryAgain(error)) throw error;
  const { retryAfterMs } = error;
  const state = { attempt, retryAfterMs, timeLeftMs: time.calls.left() };
  const delay = retryDelay(policy, { ...state, random: edges.random() });
  if (delay === null) throw error;
  await edges.clock.sleep(delay);
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
 * Create, upload, close. A job takes one upload: after a lost one the job is aborted, still
 * without rows, and another is made.
 */
async function submitStaged(context: JobContext, csv: string): Promise<JobInfo> {
  const { jobs, log } = context;
  for (let attempt = 1; ; attempt++) {
    const { id } = await jobs.create();
    log.appendKeys({ job_id: id });
    try {
      await jobs.upload(id, csv);
    } catch (error) {
      if (error instanceof SinkError) {
        log.warn('upload failed', { code: error.code, reason: error.message });
      }
      await abort(context, id);
      await backOff(context, attempt, error);
      continue;
    }
    return closeOrAbort(context, id);
  }
}

/** A job that could not be closed must not begin later, when its rows have come again. */
async function closeOrAbort(context: JobContext, jobId: string): Promise<JobInfo> {
  try {
    return await close(context, jobId);
  } catch (error) {
    await abort(context, jobId);
    throw error;
  }
}

/**
 * Hands a document to Salesforce as one job and gives the job as it stands then. Throws as
 * `Client.call` does, and `JOB_CREATE_UNKNOWN` when a job may have been created but its reply is
 * lost.
 */
export async function submit(context: JobContext, mode: UploadMode, csv: string): Promise<JobInfo> {
  if (mode === 'staged') return submitStaged(context, csv);
  const info = await context.jobs.createWithData(csv);
  context.log.appendKeys({ job_id: info.id });
  return info;
}
