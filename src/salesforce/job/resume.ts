import { SinkError } from '../../errors.ts';
import type { JobContext } from './job-context.ts';
import type { JobInfo } from './job-info.ts';

const refused = (error: unknown, status: number): error is SinkError =>
  error instanceof SinkError && error.code === 'SALESFORCE_REFUSED' && error.status === status;

/** Only Salesforce's own 404 means that a job is gone; a gateway's does not. */
const isGone = (error: unknown): boolean => refused(error, 404) && error.errorCode === 'NOT_FOUND';

/** Polls a job; null if it is gone: Salesforce deletes jobs seven days after their end. */
async function infoIfPresent({ jobs }: JobContext, jobId: string): Promise<JobInfo | null> {
  try {
    return await jobs.info(jobId);
  } catch (error) {
    if (isGone(error)) return null;
    throw error;
  }
}

/**
 * Aborts a job that was never started, so that it cannot start later. Its invocation may have closed it
 * just before it was killed, so the job is polled again: it may have ended, or written rows.
 */
async function discard(context: JobContext, jobId: string): Promise<JobInfo | null> {
  try {
    await context.jobs.abort(jobId);
    context.log.info('job without rows discarded', { job_id: jobId });
  } catch (error) {
    if (!refused(error, 400)) throw error;
  }
  return infoIfPresent(context, jobId);
}

/**
 * Returns a job that an earlier invocation created. Null if it wrote nothing and never will: it is
 * gone, or was never started. Throws as `Client.call` does.
 */
export async function resume(context: JobContext, jobId: string): Promise<JobInfo | null> {
  const info = await infoIfPresent(context, jobId);
  if (info?.state !== 'Open') return info;
  const discarded = await discard(context, jobId);
  return discarded?.state === 'Aborted' && !discarded.processed ? null : discarded;
}
