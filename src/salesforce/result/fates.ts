import type { CsvDocument } from '../../csv/document.ts';
import { SinkError } from '../../errors.ts';
import type { EndedJob } from '../job/follow.ts';
import type { ResultFile } from '../job/result-file.ts';
import { Assignment } from './assignment.ts';
import { type RowError, rowErrorOf } from './row-error.ts';

/** What became of one row of a job. */
export type RowFate =
  | { readonly kind: 'written' }
  | { readonly kind: 'failed'; readonly error: RowError }
  | { readonly kind: 'unprocessed' };

/** A row that Salesforce refused and that is none of ours, as it stands in the results. */
export interface StrayRow {
  readonly header: readonly string[];
  readonly cells: readonly string[];
  readonly error: RowError;
}

/** What became of a job's rows. */
export interface JobFates {
  /** `fates[i]` is that of row `i` of the document. */
  readonly fates: readonly RowFate[];
  readonly strays: readonly StrayRow[];
  /**
   * False when a row at hand may be the one behind a row of a file that matches none: then only the
   * file of successful rows says whether it was written.
   */
  readonly certain: boolean;
}

/** A job that has ended, and the rows of it that are at hand. */
export interface JobRows {
  readonly job: EndedJob;
  /** All rows that the job was sent. */
  readonly sent: number;
  /** Those at hand: all, or, after a redelivery that was cut differently, some of them. */
  readonly document: CsvDocument;
  /** The column that tells rows apart; null: the whole row must be the same. */
  readonly key: string | null;
}

/** The result files that were read; null: not needed. */
export interface ResultFiles {
  readonly failed: ResultFile | null;
  readonly unprocessed: ResultFile | null;
  readonly successful: ResultFile | null;
}

/** Says whether the job wrote every row, so that nothing has to be read. */
export function allWritten({ job, sent }: Pick<JobRows, 'job' | 'sent'>): boolean {
  return job.state === 'JobComplete' && job.processed === sent && job.failed === 0;
}

/**
 * Says whether the rows in the files of failed and unprocessed rows, and those that Salesforce
 * counts as written, are all that were sent. Salesforce records nothing for rows beyond the org's
 * daily allowance; then only the file of successful rows tells.
 */
export function filesAddUp(rows: Pick<JobRows, 'job' | 'sent'>, files: ResultFiles): boolean {
  const { processed, failed } = rows.job;
  if (processed === null || failed === null) return false;
  const failedRows = files.failed?.rows.length ?? 0;
  const unprocessedRows = files.unprocessed?.rows.length ?? 0;
  return failedRows === failed && processed + unprocessedRows === rows.sent;
}

/** Rows of which no file tells were not attempted, unless Salesforce counts more than the files. */
function checkNoneMissing({ job, sent }: JobRows, { failed, successful }: ResultFiles): void {
  const told = (failed?.rows.length ?? 0) + (successful?.rows.length ?? 0);
  if ((job.processed ?? 0) <= Math.min(told, sent)) return;
  throw new SinkError(
    'JOB_ROWS_MISSING',
    `Job ${job.id} processed ${job.processed} of ${sent} rows, but its results hold ${told}, so nobody can say what became of the others. Look at the job in Setup, Bulk Data Load Jobs. Kafka redelivers its records.`,
  );
}

/** A written row that matches none of ours may be any of those of which no file tells. */
function checkNoneUnknown({ job }: JobRows, fates: readonly RowFate[], foreign: number): void {
  const untold = fates.filter(({ kind }) => kind === 'unprocessed').length;
  if (foreign === 0 || untold === 0) return;
  throw new SinkError(
    'JOB_ROWS_MISSING',
    `Job ${job.id} wrote ${foreign} rows that match none of those sent, so nobody can say which of ${untold} others it did not write. Look at the job in Setup, Bulk Data Load Jobs. Kafka redelivers its records.`,
  );
}

/**
 * Gives each row at hand its fate. Where the successful rows were read, a row of which no file
 * tells was not attempted; otherwise it is written. Throws `JOB_ROWS_MISSING` when Salesforce says
 * that it attempted more rows than its files hold, and when its files hold others than ours.
 */
export function fatesOf(rows: JobRows, files: ResultFiles): JobFates {
  if (files.successful !== null) checkNoneMissing(rows, files);
  const otherwise: RowFate = { kind: files.successful === null ? 'written' : 'unprocessed' };
  const assignment = new Assignment(rows, otherwise);
  const names = files.failed?.header ?? [];
  assignment.assign(files.failed, ({ error, cells }) => ({
    kind: 'failed',
    error: rowErrorOf({ error, cells, names }),
  }));
  assignment.assign(files.unprocessed, () => ({ kind: 'unprocessed' }));
  assignment.assign(files.successful, () => ({ kind: 'written' }));
  const { fates, strays, foreign } = assignment;
  const absent = Math.max(0, rows.sent - rows.document.rows.length);
  if (absent === 0) checkNoneUnknown(rows, fates, foreign.written);
  const placed = foreign.unprocessed === 0 && (strays.length === 0 || absent === 0);
  return {
    fates,
    // A failed row of a record that is not at hand is looked for when that record comes.
    strays: strays.length > absent ? strays : [],
    certain: placed || files.successful !== null,
  };
}
