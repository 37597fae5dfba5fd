import type { Draft } from '../csv/draft.ts';
import type { KeyOf } from '../csv/key.ts';
import type { RecordOrigin } from '../kafka/record.ts';
import { type Memory, type NotedJob, partitionKey } from '../ledger/memory.ts';
import type { KnownJob } from '../ledger/plan.ts';
import { isInRuns } from '../ledger/runs.ts';

/** The rows at hand, and what the ledger knows of their jobs. */
export interface AtHand {
  readonly drafts: readonly Draft[];
  readonly keyOf: KeyOf;
  /** All records of the event. */
  readonly event: readonly RecordOrigin[];
  readonly memory: Memory;
}

const lastOf = ({ runs }: NotedJob): number => runs.at(-1)?.[1] ?? -1;

/**
 * Makes the judge of rows that an earlier job did not write: true when a later job has a record of
 * the same key that comes after, or may have one that is not at hand. To send such a row now would
 * put old values over new ones. Only the records count of which that job says what became of them.
 */
export function overtakenIn({
  drafts,
  keyOf,
  event,
  memory,
}: AtHand): (row: Draft, job: KnownJob) => boolean {
  const byKey = Map.groupBy(drafts, (draft) => keyOf(draft)?.group ?? null);
  const ends = new Map<string, number>();
  for (const record of event) {
    const key = partitionKey(record);
    ends.set(key, Math.max(record.offset, ends.get(key) ?? -1));
  }
  return (row, { id: jobId, owned }) => {
    const key = keyOf(row)?.group;
    if (key === undefined) return false;
    const records = (byKey.get(key) ?? []).flatMap((draft) => draft.records);
    const mine = new Set(owned);
    return row.records.some((record) => {
      if (!mine.has(record)) return false;
      const place = partitionKey(record);
      const jobs = memory.get(place)?.jobs ?? [];
      const later = jobs.slice(jobs.findIndex(({ id }) => id === jobId) + 1);
      const isPast = ({ offset, ...other }: RecordOrigin) =>
        partitionKey(other) === place &&
        offset > record.offset &&
        later.some(({ runs }) => isInRuns(offset, runs));
      return later.some((job) => lastOf(job) > (ends.get(place) ?? -1)) || records.some(isPast);
    });
  };
}
