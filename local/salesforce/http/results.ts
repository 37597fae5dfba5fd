import { hasEnded, type Job } from '../job/job.ts';
import { resultsFile, unprocessedFile } from '../job/results-file.ts';
import type { Call } from './call.ts';
import { findJob, invalidState } from './ingest-jobs.ts';
import { csvReply, type Reply } from './reply.ts';

/** `GET /jobs/ingest/{id}/successfulResults`. */
export function successfulResults(call: Call): Reply {
  return csvReply(resultsFile(endedJob(call), 'saved', call.org));
}

/** `GET /jobs/ingest/{id}/failedResults`. */
export function failedResults(call: Call): Reply {
  return csvReply(resultsFile(endedJob(call), 'failed', call.org));
}

/** `GET /jobs/ingest/{id}/unprocessedrecords`. */
export function unprocessedRecords(call: Call): Reply {
  return csvReply(unprocessedFile(endedJob(call), call.org));
}

/** choice: early-results. */
function endedJob(call: Call): Job {
  const job = findJob(call);
  if (!hasEnded(job) && call.org.choices['early-results'] === 'refuse') {
    throw invalidState('Job results are not available before the Job has ended');
  }
  return job;
}
