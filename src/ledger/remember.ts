import type { RecordOrigin } from '../kafka/record.ts';
import {
  isOfTime,
  type Memory,
  type NotedJob,
  nothingOf,
  type PartitionMemory,
  partitionKey,
  type Run,
  type SettledRange,
  timesOf,
} from './memory.ts';
import { closeRunsOf, isInRuns, runsOf, withoutRange } from './runs.ts';

/** How much of what is settled is remembered. Source: docs/DESIGN.md, "The job ledger". */
export const remembered = { flushes: 16, forMs: 24 * 3_600_000, replayedRuns: 10_000 } as const;

/** A settled flush of a replay takes as much of an item as so many runs, beside its own runs. */
const runsOfAFlush = 20;

const byPartition = (records: readonly RecordOrigin[]): Map<string, RecordOrigin[]> =>
  Map.groupBy(records, partitionKey);

/** Changes what is remembered of the partitions of `records`. */
function changed(
  memory: Memory,
  records: readonly RecordOrigin[],
  change: (known: PartitionMemory, records: readonly RecordOrigin[]) => PartitionMemory,
): Memory {
  const next = new Map(memory);
  for (const [key, those] of byPartition(records)) {
    const { topic, partition } = those[0] as RecordOrigin;
    next.set(key, change(memory.get(key) ?? nothingOf(topic, partition), those));
  }
  return next;
}

/** Whether every offset that a job carries in a partition is carried by a later one. */
function isCovered({ runs }: NotedJob, later: NotedJob, all: readonly number[]): boolean {
  const own = all.filter((offset) => isInRuns(offset, runs));
  const inEvent = runs.every(
    ([first, last]) => isInRuns(first, later.runs) && isInRuns(last, later.runs),
  );
  return inEvent && own.every((offset) => isInRuns(offset, later.runs));
}

/** The same in a sparse partition, where the event says nothing of what lies between its records. */
const isWhollyCovered = ({ runs }: NotedJob, later: NotedJob): boolean =>
  runs.every(([first, last]) => later.runs.some(([from, to]) => from <= first && last <= to));

/** A job that is about to get the rows of these records. */
export interface JobToNote {
  readonly id: string;
  readonly rows: number;
  readonly records: readonly RecordOrigin[];
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** How many of a job's records each earlier job carries, by its id. */
function sharedWith({ records }: JobToNote, memory: Memory): ReadonlyMap<string, number> {
  const shared = new Map<string, number>();
  for (const record of records) {
    for (const { id, runs, ...times } of memory.get(partitionKey(record))?.jobs ?? []) {
      if (!isOfTime(record, times) || !isInRuns(record.offset, runs)) continue;
      shared.set(id, (shared.get(id) ?? 0) + 1);
    }
  }
  return shared;
}

/**
 * Notes a job before it gets any rows. It takes the place of an earlier one only if it has all rows
 * of that one, those of other partitions among them: else that one still says what became of rows
 * that are equal to these. `event` are all records of the event, from which follows
 * where the job's runs of offsets end.
 */
export function withJob(memory: Memory, job: JobToNote, event: readonly RecordOrigin[]): Memory {
  const offsets = new Map(
    [...byPartition(event)].map(([key, those]) => [key, those.map(({ offset }) => offset)]),
  );
  const shared = sharedWith(job, memory);
  return changed(memory, job.records, (known, records) => {
    const all = offsets.get(partitionKey(known)) ?? [];
    const chosen = records.map(({ offset }) => offset);
    const runs = known.sparse ? closeRunsOf(chosen) : runsOf(all, new Set(chosen));
    const { id, rows, at } = job;
    const noted: NotedJob = { id, rows, runs, ...timesOf(records), at };
    const isReplaced = (one: NotedJob) =>
      (shared.get(one.id) ?? 0) >= one.rows &&
      (known.sparse ? isWhollyCovered(one, noted) : isCovered(one, noted, all));
    const earlier = known.jobs.filter((one) => !isReplaced(one));
    return { ...known, jobs: [...earlier, noted] };
  });
}

/** Forgets a job that is as if it had never been. */
export function withoutJob(memory: Memory, jobId: string): Memory {
  return new Map(
    [...memory].map(([key, known]) => {
      const jobs = known.jobs.filter(({ id }) => id !== jobId);
      return [key, jobs.length === known.jobs.length ? known : { ...known, jobs }];
    }),
  );
}

const isInside = (one: SettledRange, other: SettledRange): boolean =>
  one.first >= other.first &&
  one.last <= other.last &&
  one.firstTime >= other.firstTime &&
  one.lastTime <= other.lastTime;

/**
 * Remembers that all records of the event are settled, and drops them from the jobs. A job whose
 * records all stand before the event is dropped too: Kafka has gone on without them, since Lambda
 * gave up on their batch or somebody set the group forward. A replay has no order to tell that by.
 */
export function withSettled(memory: Memory, event: readonly RecordOrigin[], now: number): Memory {
  return changed(memory, event, (known, records) => {
    const offsets = records.map(({ offset }) => offset);
    const first = Math.min(...offsets);
    const last = Math.max(...offsets);
    const settled: Run[] = known.sparse ? closeRunsOf(offsets) : [[first, last]];
    const jobs = known.jobs
      .filter(({ runs }) => known.sparse || (runs.at(-1)?.[1] ?? -1) >= first)
      .map((job) => ({ ...job, runs: settled.reduce(withoutRange, job.runs) }))
      .filter(({ runs }) => runs.length > 0);
    const runs = known.sparse ? { runs: settled } : {};
    const range = { first, last, ...runs, ...timesOf(records), at: now };
    const others = known.settled.filter((one) => known.sparse || !isInside(one, range));
    return { ...known, jobs, settled: recent([...others, range], now) };
  });
}

/** The settled ranges that are still remembered: of replays as many as an item has room for. */
export function recent(
  settled: PartitionMemory['settled'],
  now: number,
): PartitionMemory['settled'] {
  const young = settled.filter(({ at }) => now - at < remembered.forMs);
  let room: number = remembered.replayedRuns;
  const hasRoom = ({ runs }: SettledRange, behind: number): boolean => {
    if (runs === undefined) return behind < remembered.flushes;
    room -= runs.length + runsOfAFlush;
    return room >= 0;
  };
  return young.toReversed().filter(hasRoom).reverse();
}
