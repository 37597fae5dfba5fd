import type { RecordOrigin } from '../../src/kafka/record.ts';
import { addJob } from '../../src/ledger/add-job.ts';
import { emptyPartition, type LedgerState } from '../../src/ledger/state.ts';

/** The time of the record at offset 0, in milliseconds since 1970. */
export const start = 1_700_000_000_000;

/** Records of a partition, from offset `first` to `last`, made `after` the start. */
export function records(
  first: number,
  last: number,
  { partition = 0, after = 0 } = {},
): RecordOrigin[] {
  const offsets = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  return offsets.map((offset) => {
    return { topic: 'contacts', partition, offset, timestamp: start + after + offset };
  });
}

/** Those of ten records that have these offsets. */
export const some = (...offsets: number[]): RecordOrigin[] =>
  records(0, 9).filter(({ offset }) => offsets.includes(offset));

/** This partition has no state, and a replay has records of it. */
export const sparse: LedgerState = new Map([['contacts-0', emptyPartition('contacts', 0, true)]]);

/** Stores a job with a row for each of its own records, by default all of the event. */
export const withJob = (
  state: LedgerState,
  id: string,
  event: RecordOrigin[],
  own = event,
): LedgerState => addJob(state, { id, rows: own.length, records: own, at: 0 }, event);

const partitionOf = (state: LedgerState, partition: number) => state.get(`contacts-${partition}`);

/** The stored state of the jobs of a partition. */
export const jobs = (state: LedgerState, partition = 0) => partitionOf(state, partition)?.jobs;

/** The stored state of the settled records of a partition. */
export const settled = (state: LedgerState, partition = 0) =>
  partitionOf(state, partition)?.settled;

/** The stored state of the errant records of a partition. */
export const errants = (state: LedgerState, partition = 0) =>
  partitionOf(state, partition)?.errants;
