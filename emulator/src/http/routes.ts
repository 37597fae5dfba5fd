import type { CallName } from '../fault/fault.ts';
import type { ApiRequest } from './api-request.ts';
import type { Route } from './call.ts';
import { createJob } from './create-job.ts';
import { changeState, jobInfo, uploadData, wantedState } from './ingest-jobs.ts';
import { deleteJob, listJobs } from './job-list.ts';
import { describeObject, listObjects, listResources, showLimits } from './metadata.ts';
import { query, queryAll, queryMore } from './query.ts';
import { showRecord } from './record.ts';
import { failedResults, successfulResults, unprocessedRecords } from './results.ts';

const JOBS = /^\/jobs\/ingest$/;
const JOB = /^\/jobs\/ingest\/([^/]+)$/;
const BATCHES = /^\/jobs\/ingest\/([^/]+)\/batches$/;
const SUCCESSFUL = /^\/jobs\/ingest\/([^/]+)\/successfulResults$/;
const FAILED = /^\/jobs\/ingest\/([^/]+)\/failedResults$/;
// assumption: unprocessed-path.
const UNPROCESSED = /^\/jobs\/ingest\/([^/]+)\/unprocessedrecords$/i;
const DESCRIBE = /^\/sobjects\/([^/]+)\/describe$/;
const RECORD = /^\/sobjects\/([^/]+)\/([^/]+)$/;
const LOCATOR = /^\/query(?:All)?\/([^/]+)$/;

/** The resources below `/services/data/vXX.X`. */
export const apiRoutes: readonly Route[] = [
  { method: 'POST', path: JOBS, name: always('create'), answer: createJob },
  { method: 'GET', path: JOBS, name: always('list'), answer: listJobs },
  { method: 'GET', path: JOB, name: always('info'), answer: jobInfo },
  { method: 'PATCH', path: JOB, name: stateCall, answer: changeState },
  { method: 'DELETE', path: JOB, name: always('delete'), answer: deleteJob },
  { method: 'PUT', path: BATCHES, name: always('upload'), answer: uploadData },
  { method: 'GET', path: SUCCESSFUL, name: always('successfulResults'), answer: successfulResults },
  { method: 'GET', path: FAILED, name: always('failedResults'), answer: failedResults },
  {
    method: 'GET',
    path: UNPROCESSED,
    name: always('unprocessedrecords'),
    answer: unprocessedRecords,
  },
  { method: 'GET', path: DESCRIBE, name: always('describe'), answer: describeObject },
  { method: 'GET', path: /^\/query$/, name: always('query'), answer: query },
  { method: 'GET', path: /^\/queryAll$/, name: always('query'), answer: queryAll },
  { method: 'GET', path: LOCATOR, name: always('query'), answer: queryMore },
  { method: 'GET', path: RECORD, name: always('other'), answer: showRecord },
  { method: 'GET', path: /^\/sobjects$/, name: always('other'), answer: listObjects },
  { method: 'GET', path: /^\/limits$/, name: always('limits'), answer: showLimits },
  { method: 'GET', path: /^$/, name: always('other'), answer: listResources },
];

function always(name: CallName): () => CallName {
  return () => name;
}

function stateCall(request: ApiRequest): CallName {
  return wantedState(request) === 'Aborted' ? 'abort' : 'close';
}
