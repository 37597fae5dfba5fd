import { SinkError } from '../../errors.ts';
import type { IngestApi } from '../job/ingest-api.ts';
import type { ResultFile, ResultKind, ResultRequest } from '../job/result-file.ts';
import { Assignment, type FileWithResults } from './assignment.ts';
import {
  allAre,
  ambiguousResults,
  areSame,
  eliminate,
  missingRows,
  withDefault,
} from './elimination.ts';
import { rowErrorOf } from './row-error.ts';
import type { JobResults, JobRows } from './row-result.ts';

type Job = JobRows['job'];

/** Whether a job's counters say that every row was written, so that no results have to be read. */
export function allWritten({ job, sent }: Pick<JobRows, 'job' | 'sent'>): boolean {
  return job.state === 'JobComplete' && job.processed === sent && job.failed === 0;
}

/**
 * Whether Salesforce itself says that there is no such file. A gateway's refusal and a missing
 * permission say nothing about the rows, which the job's counters need not show yet.
 */
const isNoFile = (error: unknown): boolean =>
  error instanceof SinkError &&
  error.code === 'SALESFORCE_REFUSED' &&
  error.errorCode !== null &&
  (error.status === 400 || error.status === 404);

/** Reads a result file; a job that was aborted without rows may have none. */
async function read(jobs: IngestApi, job: Job, request: ResultRequest): Promise<ResultFile> {
  try {
    return await jobs.results(job.id, request);
  } catch (error) {
    const isAborted = job.state === 'Aborted' && !job.processed;
    if (isAborted && isNoFile(error)) return { header: [], rows: [] };
    throw error;
  }
}

/**
 * Tells whether a failed or aborted job attempted no row. Counters of 0 are not enough, since they are
 * not updated when a whole batch fails on the server; its results are read too.
 * Source: forcedotcom/dataloader#1033.
 */
export async function attemptedNothing(jobs: IngestApi, job: Job): Promise<boolean> {
  if (job.state === 'JobComplete' || job.processed || job.failed) return false;
  for (const kind of ['successfulResults', 'failedResults'] as const) {
    const { rows } = await read(jobs, job, { kind, least: 0 });
    if (rows.length > 0) return false;
  }
  return true;
}

const failedRows = (file: ResultFile): FileWithResults => ({
  file,
  resultOf: ({ error, cells }) => ({
    kind: 'failed',
    error: rowErrorOf({ error, cells, names: file.header }),
  }),
});

const rowsThatAre = (kind: 'written' | 'unprocessed', file: ResultFile): FileWithResults => ({
  file,
  resultOf: () => ({ kind }),
});

/**
 * Tells whether failed rows, unprocessed rows and the count of written rows add up to all sent rows.
 * Rows beyond the org's daily limit are in none of them; then the file of successful rows is needed.
 */
export function filesAddUp(
  { job, sent }: Pick<JobRows, 'job' | 'sent'>,
  { failed, unprocessed }: { readonly failed: number; readonly unprocessed: number },
): boolean {
  if (job.processed === null || job.failed === null) return false;
  return failed === job.failed && job.processed + unprocessed === sent;
}

/** The files of rows that were attempted and of those that were not. */
interface AllFiles {
  /** Assigned first: a row in both kinds was written or failed between two reads. */
  readonly attempted: readonly FileWithResults[];
  readonly notAttempted: readonly FileWithResults[];
}

/** Determines the results from the files of failed and unprocessed rows; null if they are ambiguous. */
function fromFailures(rows: JobRows, files: readonly FileWithResults[]): JobResults | null {
  const assignment = new Assignment(rows, files);
  const absent = Math.max(0, rows.sent - rows.rows.length);
  assignment.match('exact');
  for (const level of ['value', 'loose'] as const) assignment.matchUnambiguous(level, absent === 0);
  const { length } = assignment.left;
  if (length > 0 && (length > absent || assignment.isAmbiguous())) return null;
  return withDefault(assignment, { kind: 'written' });
}

const rowsIn = (files: readonly FileWithResults[]): number =>
  files.reduce((sum, { file }) => sum + file.rows.length, 0);

/** Determines the results from all files. Throws `JOB_ROWS_MISSING`. */
function fromAll(rows: JobRows, { attempted, notAttempted }: AllFiles): JobResults {
  const inResults = rowsIn(attempted);
  // A file that was truncated between two rows looks complete. Batches that Salesforce repeats may
  // count twice.
  if (Math.min(rows.job.processed ?? 0, rows.sent) > inResults) {
    throw missingRows(rows, `processed ${rows.job.processed}, and its results hold ${inResults}`);
  }
  const files = [...attempted, ...notAttempted];
  const inNone = Math.max(0, rows.sent - rowsIn(files));
  const assignment = new Assignment(rows, files);
  for (const level of ['exact', 'value'] as const) assignment.match(level);
  // A row that is only loosely equal to an available row may be one that is not available.
  const alike = rows.rows.length < rows.sent ? assignment.alike() : [];
  if (alike.length > 0 && (inNone > 0 || !areSame(alike))) throw ambiguousResults(rows, assignment);
  assignment.match('loose');
  return eliminate(rows, assignment, inNone);
}

/**
 * Determines the results of the available rows of an ended job, reading only the files that it needs. A
 * row is never taken as unprocessed because its text came back in another form. Throws
 * `JOB_ROWS_MISSING` if the results are incomplete or ambiguous, and as `Client.call` does.
 */
export async function readResults(jobs: IngestApi, rows: JobRows): Promise<JobResults> {
  const { job } = rows;
  if (allWritten(rows)) return allAre({ kind: 'written' }, rows);
  const file = (kind: ResultKind, least = 0) => read(jobs, job, { kind, least });
  const failed = failedRows(await file('failedResults', job.failed ?? 0));
  // Source: Bulk API 2.0 developer guide: this file is for jobs that failed or were aborted.
  const unprocessed = job.state === 'JobComplete' ? null : await file('unprocessedrecords');
  const notAttempted = unprocessed === null ? [] : [rowsThatAre('unprocessed', unprocessed)];
  const files = [failed, ...notAttempted];
  const counts = { failed: failed.file.rows.length, unprocessed: unprocessed?.rows.length ?? 0 };
  const results = filesAddUp(rows, counts) ? fromFailures(rows, files) : null;
  if (results !== null) return results;
  // Of equal rows those that were sent again come first, which this job has not written.
  const written = { ...rowsThatAre('written', await file('successfulResults')), takesLast: true };
  return fromAll(rows, { attempted: [failed, written], notAttempted });
}
