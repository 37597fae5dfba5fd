import type { RecordOrigin } from '../kafka/record.ts';
import { carriesRecord } from '../ledger/offset-ranges.ts';
import { type LedgerState, partitionFinder } from '../ledger/state.ts';
import type { RowError } from '../salesforce/result/row-error.ts';

/** Tells whether the row of these records is gone because a delete after them has replaced them. */
export type IsReplaced = (error: RowError, records: readonly RecordOrigin[]) => boolean;

/**
 * Returns the test for records that an earlier delivery merged into a delete. If a redelivery is cut
 * before the delete, they are sent without it, and their row may be gone already, as it has to be.
 */
export function replacedIn(state: LedgerState): IsReplaced {
  const partitionOf = partitionFinder(state);
  const isMerged = (record: RecordOrigin) =>
    partitionOf(record).jobs.some((job) => job.deletes === true && carriesRecord(job, record));
  return ({ code }, records) => code === 'ENTITY_IS_DELETED' && records.every(isMerged);
}
