import { SinkError } from '../errors.ts';
import type { JobResult } from '../salesforce/job/run-job.ts';

/** What happens to the flush: the offsets are committed, or Kafka sends its records again. */
export type Outcome =
  | { readonly kind: 'acknowledge' }
  | { readonly kind: 'redeliver'; readonly error: SinkError };

/** How many kinds of row error an error message names. */
const shownErrors = 3;

function rowErrorsText({ rowErrors }: JobResult): string {
  if (rowErrors === null || rowErrors.length === 0) return 'Their errors could not be read.';
  const shown = rowErrors.slice(0, shownErrors).map(({ error, rows }) => `${rows} × ${error}`);
  const more = rowErrors.length - shown.length;
  return `${shown.join('; ')}${more > 0 ? `; and ${more} other errors` : ''}.`;
}

/** Says how many rows are in Salesforce, and will be written once more. */
function written({ processed, failed }: JobResult): string {
  const rows = (processed ?? 0) - (failed ?? 0);
  return rows > 0 ? `${rows} rows are written and will be written again.` : 'No row is written.';
}

const redeliver = (code: SinkError['code'], message: string): Outcome => ({
  kind: 'redeliver',
  error: new SinkError(code, message),
});

/**
 * Judges a job that has ended. It counts as done only when it is `JobComplete`, every row was
 * processed and none failed; everything else fails the flush.
 */
export function settle(job: JobResult): Outcome {
  const { jobId, state, sent, processed, failed } = job;
  if (state === 'Aborted') {
    return redeliver(
      'JOB_ABORTED',
      `Job ${jobId} was aborted by somebody else after ${processed ?? 0} of ${sent} rows. Rows that it wrote stay written; Kafka redelivers all.`,
    );
  }
  if (state === 'Failed') {
    return redeliver(
      'JOB_FAILED',
      `Job ${jobId} failed: ${job.errorMessage ?? 'Salesforce gave no reason'}. It processed ${processed ?? 0} of ${sent} rows, ${failed ?? 0} of them without success.`,
    );
  }
  if (failed !== null && failed > 0) {
    return redeliver(
      'JOB_ROWS_FAILED',
      `Job ${jobId}: Salesforce rejected ${failed} of ${sent} rows. ${rowErrorsText(job)} ${written(job)} Kafka redelivers all.`,
    );
  }
  if (processed !== sent || failed === null) {
    return redeliver(
      'JOB_ROWS_MISSING',
      `Job ${jobId} is complete, but Salesforce processed ${processed ?? 'an unknown number'} of ${sent} rows. Look at the job in Setup, Bulk Data Load Jobs.`,
    );
  }
  return { kind: 'acknowledge' };
}
