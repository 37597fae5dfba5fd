import type { RecordOrigin } from '../kafka/record.ts';
import { carriesRecord } from '../ledger/offset-ranges.ts';
import { type LedgerJob, type LedgerState, partitionKey } from '../ledger/state.ts';
import type { KeyOf } from '../rows/key.ts';
import type { Row } from '../rows/row.ts';

/** Tells whether a record of this job must not be sent again, because a later record of its key was. */
export type IsSuperseded = (record: RecordOrigin, jobId: string) => boolean;

/** The index of the last job that carries a record; -1: none. */
const lastJobOf = (record: RecordOrigin, jobs: readonly LedgerJob[]): number =>
  jobs.findLastIndex((job) => carriesRecord(job, record));

/**
 * Tells whether a later record of the same key and partition was already sent in a later job:
 * sending the earlier one now would overwrite newer values. Takes time in proportion to the records
 * and the jobs that carry them.
 */
export function supersededIn(rows: readonly Row[], keyOf: KeyOf, state: LedgerState): IsSuperseded {
  /** For each record, the index of the last job that carries a later record of its key. */
  const lastOfLater = new Map<RecordOrigin, number>();
  const jobsOf = (record: RecordOrigin) => state.get(partitionKey(record))?.jobs ?? [];
  const records = rows.flatMap((row) => {
    const key = keyOf(row)?.group;
    return key === undefined ? [] : row.records.map((record) => ({ record, key }));
  });
  const byKey = Map.groupBy(records, ({ record, key }) => `${partitionKey(record)} ${key}`);
  for (const ofKey of byKey.values()) {
    let last = -1;
    for (const { record } of ofKey.toSorted((a, b) => b.record.offset - a.record.offset)) {
      lastOfLater.set(record, last);
      last = Math.max(last, lastJobOf(record, jobsOf(record)));
    }
  }
  return (record, jobId) =>
    (lastOfLater.get(record) ?? -1) > jobsOf(record).findLastIndex(({ id }) => id === jobId);
}
