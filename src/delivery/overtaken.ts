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

/** Whether a later record of the same key is in a later job; `perhaps`: one that is not at hand may be. */
export type Overtaken = 'no' | 'perhaps' | 'surely';

/**
 * Makes the judge of rows that an earlier job did not write: to send one now that was overtaken
 * would put old values over new ones. Only the records count of which that job says what became of
 * them.
 */
export function overtakenIn({
  drafts,
  keyOf,
  event,
  memory,
}: AtHand): (row: Draft, job: KnownJob) => Overtaken {
  const byKey = Map.groupBy(drafts, (draft) => keyOf(draft)?.group ?? null);
  const ends = new Map<string, number>();
  for (const record of event) {
    const key = partitionKey(record);
    ends.set(key, Math.max(record.offset, ends.get(key) ?? -1));
  }
  return (row, { id: jobId, owned }) => {
    const key = keyOf(row)?.group;
    if (key === undefined) return 'no';
    const ofKey = (byKey.get(key) ?? []).flatMap((draft) => draft.records);
    const mine = owned.filter((record) => row.records.some((one) => one === record));
    const isPast = mine.map((record): Overtaken => {
      const place = partitionKey(record);
      const jobs = memory.get(place)?.jobs ?? [];
      const later = jobs.slice(jobs.findIndex(({ id }) => id === jobId) + 1);
      const isAfter = ({ offset, ...other }: RecordOrigin) =>
        partitionKey(other) === place &&
        offset > record.offset &&
        later.some(({ runs }) => isInRuns(offset, runs));
      if (ofKey.some(isAfter)) return 'surely';
      return later.some((job) => lastOf(job) > (ends.get(place) ?? -1)) ? 'perhaps' : 'no';
    });
    return (
      isPast.find((one) => one === 'surely') ?? isPast.find((one) => one === 'perhaps') ?? 'no'
    );
  };
}
