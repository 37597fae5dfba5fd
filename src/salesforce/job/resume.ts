import { SinkError } from '../../errors.ts';
import type { JobContext } from './job-context.ts';
import type { JobInfo } from './job-info.ts';

const refused = (error: unknown, status: number): boolean =>
  error instanceof SinkError && error.code === 'SALESFORCE_REFUSED' && error.status === status;

/** Looks at a job that may be gone: Salesforce deletes jobs seven days after their end. */
async function lookIfThere({ jobs }: JobContext, jobId: string): Promise<JobInfo | null> {
  try {
    return await jobs.info(jobId);
  } catch (error) {
    if (refused(error, 404)) return null;
    throw error;
  }
}

/**
 * Makes sure that a job which never began does not begin any more. Gives the job as it stands then:
 * its invocation may have closed it just before it was killed.
 */
async function discard({ jobs, log }: JobContext, jobId: string): Promise<JobInfo> {
  try {
    const info = await jobs.abort(jobId);
    log.info('job without rows discarded', { job_id: jobId });
    return info;
  } catch (error) {
    if (refused(error, 400)) return jobs.info(jobId);
    throw error;
  }
}

/**
 * Finds out what has become of a job that an earlier invocation made. Null when it is as if it had
 * never been: it is gone, or it never began and now never will. Throws as `Client.call` does.
 */
export async function resume(context: JobContext, jobId: string): Promise<JobInfo | null> {
  const info = await lookIfThere(context, jobId);
  if (info?.state !== 'Open') return info;
  const discarded = await discard(context, jobId);
  return discarded.state === 'Aborted' ? null : discarded;
}
