import { SinkError } from '../../errors.ts';
import type { Jobs } from '../job/jobs.ts';
import type { ResultFile, ResultKind, ResultRequest } from '../job/result-file.ts';
import { allWritten, fatesOf, filesAddUp, type JobFates, type JobRows } from './fates.ts';

/** A job that was aborted before it had any rows may have no results to read. */
async function read(jobs: Jobs, { job }: JobRows, request: ResultRequest): Promise<ResultFile> {
  try {
    return await jobs.results(job.id, request);
  } catch (error) {
    const refused = error instanceof SinkError && error.code === 'SALESFORCE_REFUSED';
    if (refused && job.state === 'Aborted' && !job.processed) return { header: [], rows: [] };
    throw error;
  }
}

/**
 * Finds out what became of the rows of a job that has ended, reading only the files that are needed
 * for it. Throws `JOB_ROWS_MISSING`, and as `Client.call` does.
 */
export async function readFates(jobs: Jobs, rows: JobRows): Promise<JobFates> {
  const { job } = rows;
  if (allWritten(rows)) {
    return {
      fates: rows.document.rows.map(() => ({ kind: 'written' })),
      strays: [],
      certain: true,
    };
  }
  const file = (kind: ResultKind, least = 0) => read(jobs, rows, { kind, least });
  const failed = await file('failedResults', job.failed ?? 0);
  // Source: Bulk API 2.0 developer guide: this file is for jobs that failed or were aborted.
  const unprocessed = job.state === 'JobComplete' ? null : await file('unprocessedrecords');
  const files = { failed, unprocessed, successful: null };
  const told = filesAddUp(rows, files) ? fatesOf(rows, files) : null;
  if (told?.certain) return told;
  return fatesOf(rows, { ...files, successful: await file('successfulResults') });
}
