import { SinkError } from '../../errors.ts';
import type { JobContext } from './job-context.ts';
import type { JobInfo } from './job-info.ts';

/** Looks at a job that could not be aborted: most often it has ended meanwhile. */
async function pollAfterAbort(
  { finalJobs, log }: JobContext,
  jobId: string,
): Promise<JobInfo | null> {
  try {
    return await finalJobs.info(jobId);
  } catch (error) {
    if (!(error instanceof SinkError)) throw error;
    log.warn('job not seen', { job_id: jobId, code: error.code, reason: error.message });
    return null;
  }
}

/**
 * Stops a job that nobody will wait for any longer, and gives it as it stands then, which may be
 * ended after all; null when that cannot be known. Never throws what Salesforce or the network
 * does: the error that led here matters more.
 */
export async function abort(context: JobContext, jobId: string): Promise<JobInfo | null> {
  const { finalJobs, log } = context;
  try {
    const info = await finalJobs.abort(jobId);
    const event = info.state === 'Aborted' ? 'job aborted' : 'job not aborted';
    log.warn(event, { job_id: jobId, state: info.state });
    return info;
  } catch (error) {
    if (!(error instanceof SinkError)) throw error;
    log.warn('job not aborted', { job_id: jobId, code: error.code, reason: error.message });
    return pollAfterAbort(context, jobId);
  }
}
