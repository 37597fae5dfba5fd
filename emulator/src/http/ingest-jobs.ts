import { hasEnded, type Job } from '../job/job.ts';
import { infoJson, patchedJson } from '../job/job-json.ts';
import type { Org } from '../org/org.ts';
import { ApiError, notFound } from './api-error.ts';
import { type ApiRequest, bodyText, mediaType } from './api-request.ts';
import type { Call } from './call.ts';
import { plainText, unsupportedMediaType } from './payload.ts';
import { emptyReply, jsonReply, type Reply } from './reply.ts';

/** Bytes of base64 content that a job may have (guide, "Upload Job Data"): 112.5 MB as sent. */
const BASE64_BYTES = 150_000_000;

/** `PUT /jobs/ingest/{id}/batches`: stores the data, unchecked. */
export function uploadData(call: Call): Reply {
  const { request, org } = call;
  const job = findJob(call);
  if (mediaType(request) !== 'text/csv') throw unsupportedMediaType();
  // assumption: upload-to-closed-job.
  if (job.state !== 'Open') {
    throw invalidState(`Uploading data to already ${stateWord(job)} Job not allowed`);
  }
  // assumption: upload-over-limit.
  if (4 * Math.ceil(request.body.length / 3) > BASE64_BYTES) {
    throw new ApiError(400, 'CLIENTINPUTERROR', 'ClientInputError : The data is too large');
  }
  const csv = plainText(request, org);
  job.uploads += 1;
  if (job.uploads > 1 && org.choices['second-upload'] === 'put') throw multipleContents(job);
  job.upload ??= csv;
  return emptyReply(201);
}

/** `PATCH /jobs/ingest/{id}`: closes or aborts. */
export function changeState(call: Call): Reply {
  const { request, org } = call;
  const job = findJob(call);
  if (mediaType(request) !== 'application/json') throw unsupportedMediaType();
  const state = wantedState(request);
  if (state === 'UploadComplete') closeJob(job, org);
  else if (state === 'Aborted') abortJob(job, org);
  else {
    const message = `Invalid value: '${state}' supplied for property: 'state'`;
    throw new ApiError(400, 'API_ERROR', message);
  }
  return jsonReply(patchedJson(job));
}

/** The state in the body of a PATCH; empty: none. */
export function wantedState(request: ApiRequest): string {
  try {
    const body: unknown = JSON.parse(bodyText(request) ?? '');
    const state = typeof body === 'object' && body !== null && 'state' in body ? body.state : '';
    return String(state);
  } catch {
    return '';
  }
}

/** `GET /jobs/ingest/{id}`. */
export function jobInfo(call: Call): Reply {
  return jsonReply(infoJson(findJob(call), call.org.choices));
}

function closeJob(job: Job, org: Org): void {
  if (job.state !== 'Open') throw invalidState(`Closing already ${stateWord(job)} Job not allowed`);
  if (job.uploads > 1) throw multipleContents(job);
  if (job.upload === null && org.choices['close-without-upload'] === 'refuse') {
    throw invalidState('Closing a Job without data not allowed');
  }
  job.upload ??= '';
  org.runner.start(job);
}

function abortJob(job: Job, org: Org): void {
  if (hasEnded(job)) throw invalidState(`Aborting already ${stateWord(job)} Job not allowed`);
  job.state = 'Aborted';
  job.modifiedAt = org.now();
  job.endedAt = job.modifiedAt;
}

/** The job in the path. */
export function findJob({ org, parameters }: Call): Job {
  const job = org.jobs.find(parameters[0] ?? '');
  if (!job) throw notFound();
  return job;
}

/** Recorded: `Aborting already Completed Job not allowed`. assumption: wrong-state-wording. */
function stateWord(job: Job): string {
  if (job.state === 'JobComplete') return 'Completed';
  return job.state === 'UploadComplete' || job.state === 'InProgress' ? 'Closed' : job.state;
}

/** The error of a job in the wrong state for the call. */
export function invalidState(message: string): ApiError {
  return new ApiError(400, 'INVALIDJOBSTATE', message);
}

/** The typo is Salesforce's own (reports of clients). */
function multipleContents(job: Job): ApiError {
  return new ApiError(
    400,
    'INVALIDJOB',
    `Found multipe contents for job: <${job.id.slice(0, 15)}>, please 'Close' / 'Abort' / 'Delete' the current Job then create a new Job and make sure you only do 'PUT' once on a given Job.`,
  );
}
