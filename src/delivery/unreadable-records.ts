import { SinkError } from '../errors.ts';
import { type ErrantRecord, toRejectedRecord } from '../kafka/errant-record.ts';
import type { RecordOrigin } from '../kafka/record.ts';
import type { JobResults } from '../salesforce/result/row-result.ts';
import type { AvailableRows } from './available-rows.ts';
import type { PriorJob } from './prior-jobs.ts';

/** A prior job with its available rows and its results. */
export interface JobWithResults extends PriorJob {
  readonly available: AvailableRows;
  readonly results: JobResults;
}

/** Number of results that match no available row. */
export const unmatchedCount = ({ unmatched, unmatchedUnprocessed }: JobResults): number =>
  unmatched.length + unmatchedUnprocessed;

/**
 * Finds the errant ones among records that can no longer be turned into rows (a schema was deleted, a
 * setting changed), by elimination. A record that an earlier flush found errant stays errant. Throws
 * `JOB_ROWS_MISSING` if the results do not decide it.
 */
export function errantsOfUnreadable(
  { job, available, results }: JobWithResults,
  isStored: (record: RecordOrigin) => boolean,
): readonly ErrantRecord[] {
  const { unreadable, absent } = available;
  const left = unmatchedCount(results);
  const kept = unreadable.filter(({ record }) => isStored(record));
  if (kept.length === unreadable.length || left === 0) return kept;
  if (absent === 0 && left === unreadable.length) {
    return unreadable.map((errant, index) => {
      const error = results.unmatched[index]?.error;
      return error === undefined
        ? errant
        : toRejectedRecord(errant.record, { jobId: job.id, ...error });
    });
  }
  const [{ code, reason } = { code: '', reason: '' }] = unreadable;
  throw new SinkError(
    'JOB_ROWS_MISSING',
    `Job ${job.id} did not write ${left} rows that match no record of this event, and ${unreadable.length} of its records can no longer be read (${code}: ${reason}), so it is unknown whether they were written. Make them readable as they were when the job was created. Kafka redelivers the records.`,
  );
}
