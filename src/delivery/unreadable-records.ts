import { SinkError } from '../errors.ts';
import { type ErrantRecord, toRejectedRecord } from '../kafka/errant-record.ts';
import type { RecordOrigin } from '../kafka/record.ts';
import type { JobResults } from '../salesforce/result/row-result.ts';
import type { AvailableRows } from './available-rows.ts';
import type { PriorJob } from './prior-jobs.ts';

/** A prior job with what is at hand of it. */
export interface JobWithResults extends PriorJob {
  readonly available: AvailableRows;
  readonly results: JobResults;
}

/** Rows of the job that match none at hand. */
export const unmatchedCount = ({ unmatched, unmatchedUnprocessed }: JobResults): number =>
  unmatched.length + unmatchedUnprocessed;

/**
 * Gives the errant ones of the records from which no row can be made any more, though the job has
 * carried one: the schema is gone, a setting is another. They are known by elimination; a record that
 * an earlier flush found errant stays so. Throws `JOB_ROWS_MISSING` where nobody can say.
 */
export function errantsOfUnreadable(
  { job, available, results }: JobWithResults,
  isNoted: (record: RecordOrigin) => boolean,
): readonly ErrantRecord[] {
  const { unreadable, absent } = available;
  const left = unmatchedCount(results);
  const kept = unreadable.filter(({ record }) => isNoted(record));
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
    `Job ${job.id} did not write ${left} rows that match none at hand, and ${unreadable.length} of its records can no longer be read (${code}: ${reason}), so nobody can say whether they are among those. Make them readable as they were when the job was made. Kafka redelivers the records.`,
  );
}
