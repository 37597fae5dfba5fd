import type { RecordOrigin } from '../kafka/record.ts';
import { carriesRecord, isInRanges } from './offset-ranges.ts';
import { type LedgerJob, type LedgerState, partitionFinder, partitionKey } from './state.ts';
import { trimmedJobs } from './trim-jobs.ts';
import { byPartition, entriesOf, updatePartitions } from './update.ts';

/** Whether a later job carries every offset that this job carries in a partition. */
function isCovered({ ranges }: LedgerJob, later: LedgerJob, all: readonly number[]): boolean {
  const own = all.filter((offset) => isInRanges(offset, ranges));
  const inEvent = ranges.every(
    ([first, last]) => isInRanges(first, later.ranges) && isInRanges(last, later.ranges),
  );
  return inEvent && own.every((offset) => isInRanges(offset, later.ranges));
}

/** The same for a sparse partition, where offsets between two records of the event are unknown. */
const isCoveredSparse = ({ ranges }: LedgerJob, later: readonly LedgerJob[]): boolean =>
  ranges.every(([first, last]) =>
    later.some((one) => one.ranges.some(([from, to]) => from <= first && last <= to)),
  );

/** A job before its rows are uploaded. */
export interface JobToAdd {
  readonly id: string;
  readonly rows: number;
  readonly records: readonly RecordOrigin[];
  /** Set for deletes in a sink that also writes. */
  readonly deletes?: true;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** How many of a job's records each earlier job carries, by job id. */
function sharedWith({ records }: JobToAdd, state: LedgerState): ReadonlyMap<string, number> {
  const shared = new Map<string, number>();
  if (state.values().every(({ jobs }) => jobs.length === 0)) return shared;
  const partitionOf = partitionFinder(state);
  for (const record of records) {
    for (const earlier of partitionOf(record).jobs) {
      if (!carriesRecord(earlier, record)) continue;
      shared.set(earlier.id, (shared.get(earlier.id) ?? 0) + 1);
    }
  }
  return shared;
}

/**
 * Adds a job to the state; the ledger must store it before the job gets any rows. It replaces an
 * earlier job only if it has all rows of that job, in all partitions; otherwise the results of the
 * earlier job are still needed. `event` holds all records of the event; they delimit the offset
 * ranges of the job.
 */
export function addJob(
  state: LedgerState,
  job: JobToAdd,
  event: readonly RecordOrigin[],
): LedgerState {
  const places = byPartition(event);
  const shared = sharedWith(job, state);
  return updatePartitions(state, job.records, (known, records) => {
    const inEvent = places.get(partitionKey(known)) ?? [];
    const all = inEvent.map(({ offset }) => offset);
    const { id, rows, at, deletes } = job;
    const counts = { rows, records: job.records.length, ...(deletes && { deletes }) };
    const added = entriesOf(known, records, inEvent).map((entry): LedgerJob => {
      return { id, ...counts, ...entry, at };
    });
    const isReplaced = (one: LedgerJob) =>
      (shared.get(one.id) ?? 0) >= Math.max(one.rows, one.records) &&
      (known.sparse
        ? isCoveredSparse(one, added)
        : added.every((later) => isCovered(one, later, all)));
    const earlier = known.jobs.filter((one) => !isReplaced(one));
    return { ...known, jobs: [...trimmedJobs(earlier, inEvent), ...added] };
  });
}

/** Removes a job that wrote nothing and never will. */
export function removeJob(state: LedgerState, jobId: string): LedgerState {
  return new Map(
    [...state].map(([key, known]) => {
      const jobs = known.jobs.filter(({ id }) => id !== jobId);
      return [key, jobs.length === known.jobs.length ? known : { ...known, jobs }];
    }),
  );
}
