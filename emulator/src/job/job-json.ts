import type { Choices } from '../choices.ts';
import { timestamp } from '../org/timestamp.ts';
import { countRows, type Job } from './job.ts';

/** The properties of a job in the order of the recorded replies, without those `undefined`. */
export type JobJson = Record<string, unknown>;

/** The reply to POST (recorded with v53): no `jobType`, no counters, a relative `contentUrl`. */
export function createdJson(job: Job): JobJson {
  return {
    ...commonJson(job),
    contentUrl: contentUrl(job),
    lineEnding: job.request.lineEnding,
    columnDelimiter: job.request.columnDelimiter,
    assignmentRuleId: job.request.assignmentRuleId ?? undefined,
  };
}

/** The reply to PATCH (recorded with v52, v53 and v66): part of the job. */
export function patchedJson(job: Job): JobJson {
  return commonJson(job);
}

/** One entry of the list of jobs: no counters and no error message (guide, "Get All Jobs"). */
export function listedJson(job: Job): JobJson {
  return {
    ...commonJson(job),
    externalIdFieldName: undefined,
    jobType: 'V2Ingest',
    contentUrl: contentUrl(job),
    lineEnding: job.request.lineEnding,
    columnDelimiter: job.request.columnDelimiter,
  };
}

/** The reply to GET (recorded with v52, v53 and v59). */
export function infoJson(job: Job, choices: Choices): JobJson {
  const { processed, failed } = counters(job, choices);
  // Without data there are no counters; after the PUT they are 0 (recorded with v52).
  const counted = job.upload !== null;
  const elapsed = elapsedMs(job);
  return {
    ...commonJson(job),
    jobType: 'V2Ingest',
    contentUrl: contentUrl(job),
    lineEnding: job.request.lineEnding,
    columnDelimiter: job.request.columnDelimiter,
    numberRecordsProcessed: counted ? processed : undefined,
    numberRecordsFailed: counted ? failed : undefined,
    retries: 0,
    totalProcessingTime: elapsed,
    apiActiveProcessingTime: elapsed,
    apexProcessingTime: 0,
    errorMessage: job.errorMessage ?? undefined,
    assignmentRuleId: job.request.assignmentRuleId ?? undefined,
  };
}

/** choice: failed-job-counters. */
function counters(job: Job, choices: Choices): ReturnType<typeof countRows> {
  const zero = job.state === 'Failed' && choices['failed-job-counters'] === 'zero';
  return zero ? { processed: 0, failed: 0 } : countRows(job);
}

function commonJson(job: Job): JobJson {
  return {
    id: job.id,
    operation: job.request.operation,
    object: job.request.object.name,
    createdById: job.createdById,
    createdDate: timestamp(job.createdAt),
    systemModstamp: timestamp(job.modifiedAt),
    state: job.state,
    externalIdFieldName: job.request.externalIdFieldName ?? undefined,
    concurrencyMode: 'Parallel',
    contentType: 'CSV',
    apiVersion: versionNumber(job.apiVersion),
  };
}

function contentUrl(job: Job): string | undefined {
  if (job.state !== 'Open') return undefined;
  return `services/data/v${job.apiVersion}/jobs/ingest/${job.id}/batches`;
}

/** Milliseconds of processing so far; 0 if no row was processed, as recorded. */
function elapsedMs(job: Job): number {
  if (job.startedAt === null || countRows(job).processed === 0) return 0;
  return Math.max(1, (job.endedAt ?? job.modifiedAt) - job.startedAt);
}

/**
 * A version as a JSON number that keeps its `.0` (recorded). TypeScript has no type of
 * `JSON.rawJSON` yet.
 */
function versionNumber(version: string): unknown {
  return (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON(version);
}
