import type { Config } from '../../config/config.ts';
import { SinkError } from '../../errors.ts';
import { retryDelay } from '../../runtime/http/retry.ts';
import { abort } from './abort.ts';
import type { JobOperation } from './ingest-api.ts';
import type { JobContext } from './job-context.ts';
import type { JobInfo } from './job-info.ts';
import { multipartLimit } from './multipart.ts';

/** How a document is uploaded: in the call that creates the job, or in three calls. */
export type UploadMode = 'multipart' | 'staged';

/**
 * Chooses the upload. `auto` and `multipart` use one call for a document that fits, but never with a
 * ledger, which must have a job before the job has rows. `auto` uses one call for inserts only: if the
 * reply is lost, the job may run later, and must not overwrite newer values.
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

/** An exhausted limit is not retried: that would only use up more. */
const isRetryable = (error: unknown): error is SinkError =>
  error instanceof SinkError && error.retryable && error.code !== 'SALESFORCE_LIMIT';

/** Waits before a retry, or throws `error` if there is none. */
async function backOff(context: JobContext, attempt: number, error: unknown): Promise<void> {
  const { config, runtime, time } = context;
  if (!isRetryable(error)) throw error;
  const delay = retryDelay({
    attempt,
    maxRetries: config.maxRetries,
    retryAfterMs: error.retryAfterMs,
    timeLeftMs: time.calls.left(),
    random: runtime.random(),
  });
  if (delay === null) throw error;
  await runtime.clock.sleep(delay);
}

/**
 * Closes a job. After a failure it polls first, and closes again only while the job is `Open`.
 */
async function close(context: JobContext, jobId: string): Promise<JobInfo> {
  const { jobs, log } = context;
  for (let attempt = 1; ; attempt++) {
    try {
      return await jobs.close(jobId);
    } catch (error) {
      if (!(error instanceof SinkError)) throw error;
      log.warn('job not closed, polling', { code: error.code, reason: error.message });
      const info = await jobs.info(jobId);
      if (info.state !== 'Open') return info;
      await backOff(context, attempt, error);
    }
  }
}

/**
 * Without a ledger, a job that could not be closed is aborted: it must not start after its rows were
 * redelivered.
 */
async function closeOrAbort(context: JobContext, jobId: string): Promise<JobInfo> {
  try {
    return await close(context, jobId);
  } catch (error) {
    if (!context.leavesJobsRunning) await abort(context, jobId);
    throw error;
  }
}

/** Uploads; false after a transient failure, when the job was aborted without rows. */
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

/** Creates a job without rows. Throws as `IngestApi` does. */
export async function createEmpty(context: JobContext, operation: JobOperation): Promise<JobInfo> {
  const info = await context.jobs.create(operation);
  context.log.appendKeys({ job_id: info.id });
  return info;
}

/**
 * Uploads an open job's rows and closes it, so that it starts. Null after a transient failure of the
 * upload: a job takes one upload, so it was aborted and a new one must be created. `attempt`, from 1,
 * sets the back-off before that. Throws as `Client.call` does.
 */
export async function uploadAndClose(
  context: JobContext,
  job: { readonly id: string; readonly attempt: number },
  csv: string,
): Promise<JobInfo | null> {
  return (await upload(context, job, csv)) ? closeOrAbort(context, job.id) : null;
}

/**
 * Creates a job with its rows in one call. Throws as `IngestApi` does, and `JOB_CREATE_UNKNOWN` if
 * the job may have been created but its reply was lost.
 */
export async function createWithRows(
  context: JobContext,
  operation: JobOperation,
  csv: string,
): Promise<JobInfo> {
  const info = await context.jobs.createWithData(operation, csv);
  context.log.appendKeys({ job_id: info.id });
  return info;
}
