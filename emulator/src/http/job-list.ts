import { listedJson } from '../job/job-json.ts';
import { ApiError } from './api-error.ts';
import type { Call } from './call.ts';
import { findJob } from './ingest-jobs.ts';
import { emptyReply, jsonReply, type Reply } from './reply.ts';

/** Jobs on one page (guide, "Get Information About All Ingest Jobs"). */
const PAGE = 1_000;

const JOB_TYPES = ['BigObjectIngest', 'Classic', 'V2Ingest'];

/** `GET /jobs/ingest`: the jobs of the whole org, page by page. assumption: job-list. */
export function listJobs({ request, org, version }: Call): Reply {
  const jobType = request.query.get('jobType');
  if (jobType !== null && !JOB_TYPES.includes(jobType)) {
    const message = `Invalid value: '${jobType}' supplied for property: 'jobType'`;
    throw new ApiError(400, 'API_ERROR', message);
  }
  const jobs = jobType === null || jobType === 'V2Ingest' ? org.jobs.list() : [];
  const start = Number(request.query.get('queryLocator') ?? 0) || 0;
  const next = start + PAGE;
  const done = next >= jobs.length;
  return jsonReply({
    done,
    records: jobs.slice(start, next).map(listedJson),
    nextRecordsUrl: done ? null : `/services/data/v${version}/jobs/ingest?queryLocator=${next}`,
  });
}

/**
 * `DELETE /jobs/ingest/{id}`: deletes the job and its data, but not the records that it wrote.
 * Refused while it is open or in progress (guide, "Delete a Job"). assumption: delete-refusal.
 */
export function deleteJob(call: Call): Reply {
  const job = findJob(call);
  if (job.state === 'Open' || job.state === 'InProgress') {
    throw new ApiError(
      400,
      'API_ERROR',
      'Error encountered when deleting the job because the job is not terminated',
    );
  }
  // The job may still be queued.
  if (job.state === 'UploadComplete') job.state = 'Aborted';
  call.org.jobs.delete(job.id);
  return emptyReply(204);
}
