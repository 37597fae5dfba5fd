import { SinkError } from '../../errors.ts';
import type { JobContext } from './job-context.ts';
import type { JobInfo } from './job-info.ts';

/** Polls a job that could not be aborted; most often it has ended meanwhile. */
async function pollAfterAbort(
  { finalJobs, log }: JobContext,
  jobId: string,
): Promise<JobInfo | null> {
  try {
    return await finalJobs.info(jobId);
  } catch (error) {
    if (!(error instanceof SinkError)) throw error;
    log.warn('job not polled', { job_id: jobId, code: error.code, reason: error.message });
    return null;
  }
}

/**
 * Aborts a job that is no longer waited for, and returns its state, which may be an end state after
 * all; null if unknown. Never throws errors of Salesforce or the network: the error that led here
 * matters more.
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
