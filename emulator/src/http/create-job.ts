import type { Job, JobRequest } from '../job/job.ts';
import { createdJson } from '../job/job-json.ts';
import { ApiError } from './api-error.ts';
import { mediaType } from './api-request.ts';
import type { Call } from './call.ts';
import { readJobRequest } from './job-request.ts';
import { readMultipart } from './multipart.ts';
import { plainText, unsupportedMediaType } from './payload.ts';
import { jsonReply, type Reply } from './reply.ts';

/** Characters of data that a multipart job may have (guide, "Create a Job"). */
const MULTIPART_CHARACTERS = 100_000;

/** `POST /jobs/ingest`: an open job, or with a multipart body one that is already queued. */
export function createJob(call: Call): Reply {
  const { request, org } = call;
  const type = mediaType(request);
  if (type === 'multipart/form-data') return createWithData(call);
  if (type !== 'application/json') throw unsupportedMediaType();
  const job = newJob(readJobRequest(plainText(request, org), org), call);
  org.jobs.add(job);
  return jsonReply(createdJson(job));
}

function createWithData(call: Call): Reply {
  const { request, org } = call;
  const parts = readMultipart(request, org.choices['multipart-framing']);
  const wanted = readJobRequest(parts.job, org);
  const tooLong = parts.content.length > MULTIPART_CHARACTERS;
  if (tooLong && org.choices['multipart-over-limit'] === 'client-input-error') {
    throw new ApiError(
      400,
      'CLIENTINPUTERROR',
      `ClientInputError : A multipart job takes at most ${MULTIPART_CHARACTERS} characters of data`,
    );
  }
  const job = { ...newJob(wanted, call), multipart: true, upload: parts.content, uploads: 1 };
  org.jobs.add(job);
  org.runner.start(job);
  return jsonReply(createdJson(job));
}

function newJob(request: JobRequest, { org, version }: Call): Job {
  const createdAt = org.now();
  return {
    id: org.ids('750'),
    request,
    apiVersion: version,
    createdById: org.userId,
    createdAt,
    multipart: false,
    state: 'Open',
    modifiedAt: createdAt,
    startedAt: null,
    endedAt: null,
    upload: null,
    uploads: 0,
    batch: null,
    errorMessage: null,
  };
}
