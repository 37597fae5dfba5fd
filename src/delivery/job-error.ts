import { type ErrorCode, SinkError } from '../errors.ts';
import type { EndedJob } from '../salesforce/job/job-info.ts';
import type { Decisions } from './decide.ts';

/** Maximum number of distinct row errors in an error message. */
const shownErrors = 3;

/** Distinct errors with their counts, most frequent first. */
function rejectedText(rejected: readonly string[]): string {
  const counts = [...Map.groupBy(rejected, (reason) => reason)]
    .map(([reason, rows]) => ({ reason, rows: rows.length }))
    .sort((one, other) => other.rows - one.rows);
  const shown = counts.slice(0, shownErrors).map(({ reason, rows }) => `${rows} × ${reason}`);
  const more = counts.length - shown.length;
  return `${shown.join('; ')}${more > 0 ? `; and ${more} other errors` : ''}.`;
}

const unfinished: Readonly<Record<EndedJob['state'], readonly [code: ErrorCode, text: string]>> = {
  JobComplete: ['JOB_ROWS_MISSING', 'is complete'],
  Failed: ['JOB_FAILED', 'failed'],
  Aborted: ['JOB_ABORTED', 'was aborted from outside the function'],
};

/** The error of a job that failed without attempting any row. */
export function jobFailure(job: EndedJob, sent: number): SinkError {
  const reason = job.errorMessage ?? 'Salesforce gave no reason';
  const message = `Job ${job.id} failed: ${reason}. It attempted none of ${sent} rows. Kafka redelivers them.`;
  return new SinkError('JOB_FAILED', message);
}

/** The error of a flush with rows that must be redelivered; null if there are none. */
export function rowsFailure(
  job: EndedJob,
  sent: number,
  { rejected, unprocessed }: Pick<Decisions, 'rejected' | 'unprocessed'>,
): SinkError | null {
  if (rejected.length > 0) {
    const message = `Job ${job.id}: Salesforce rejected ${rejected.length} of ${sent} rows. ${rejectedText(rejected)} Kafka redelivers the records. Correct the cause; with ERRORS_TOLERANCE=all such records are reported, and the others go on.`;
    return new SinkError('JOB_ROWS_FAILED', message);
  }
  if (unprocessed === 0) return null;
  const [code, state] = unfinished[job.state];
  const reason = job.errorMessage === null ? '' : `: ${job.errorMessage}`;
  const message = `Job ${job.id} ${state}${reason}, and ${unprocessed} of ${sent} rows were never attempted, nor in the jobs before it. Kafka redelivers the records. Check the job in Setup, Bulk Data Load Jobs.`;
  return new SinkError(code, message);
}
