import type { JobInfo } from './job-info.ts';

/** Salesforce processes, and counts, rows in chunks of this size. Source: Bulk API 2.0 developer guide, "How Requests Are Processed". */
export const chunkRows = 200;

/** Time that a job takes after its last row, as a share of its processing. */
const afterLastRow = 0.02;

/** The part of a chunk that is assumed to be done beyond the rows that are counted. */
const uncounted = 0.3;

/** What the rows and the states of a job, now and a poll before, say about its progress. */
export const progressOf = (rows: number, state: JobInfo['state'], before: JobInfo['state']) => ({
  isChunked: rows > chunkRows,
  hasJustBegun: state === 'InProgress' && before !== 'InProgress',
});

/**
 * Time until all rows are processed, at the pace since the first one, and a little more for what
 * Salesforce does after the last one; null: unknown. Less than half of a chunk is assumed to be done
 * beyond the rows that are counted, because a little lag costs less than one more poll.
 */
export function remainingTime(
  { processed, rows }: { readonly processed: number | null; readonly rows: number },
  processingMs: number,
): number | null {
  if (processed === null || processed === 0) return null;
  const done = Math.min(processed + uncounted * chunkRows, rows);
  return (processingMs / done) * (rows - done) + processingMs * afterLastRow;
}
