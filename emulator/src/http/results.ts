import { hasEnded, type Job } from '../job/job.ts';
import { type ResultsFile, resultsFile, unprocessedFile } from '../job/results-file.ts';
import type { Call } from './call.ts';
import { findJob, invalidState } from './ingest-jobs.ts';
import { csvReply, emptyReply, type Reply } from './reply.ts';

/** `GET /jobs/ingest/{id}/successfulResults`. */
export function successfulResults(call: Call): Reply {
  return fileReply(resultsFile(endedJob(call), 'saved', call.org), call);
}

/** `GET /jobs/ingest/{id}/failedResults`. */
export function failedResults(call: Call): Reply {
  return fileReply(resultsFile(endedJob(call), 'failed', call.org), call);
}

/** `GET /jobs/ingest/{id}/unprocessedrecords`. */
export function unprocessedRecords(call: Call): Reply {
  return fileReply(unprocessedFile(endedJob(call), call.org), call);
}

/** choice: empty-results. */
function fileReply({ text, hasRows }: ResultsFile, { org }: Call): Reply {
  const answer = org.choices['empty-results'];
  if (hasRows || answer === 'header-line') return csvReply(text);
  return answer === 'no-content' ? emptyReply(204) : csvReply('');
}

/** choice: early-results. */
function endedJob(call: Call): Job {
  const job = findJob(call);
  if (!hasEnded(job) && call.org.choices['early-results'] === 'refuse') {
    throw invalidState('Job results are not available before the Job has ended');
  }
  return job;
}
