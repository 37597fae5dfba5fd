import type { RecordOrigin } from '../kafka/record.ts';
import { isInRanges } from './offset-ranges.ts';
import {
  emptyPartition,
  isInTimeRange,
  type LedgerErrants,
  type LedgerJob,
  type LedgerState,
  type PartitionState,
  partitionKey,
  type SettledRange,
} from './state.ts';

/** A job of an earlier invocation, and its records in this event. */
export interface EarlierJob {
  readonly id: string;
  /** All rows of the job, including those of records that are not in this event. */
  readonly rows: number;
  /** All records of those rows; 0: unknown. */
  readonly records: number;
  /** The records of this event that it carries. */
  readonly carried: readonly RecordOrigin[];
  /** The carried records that no later job carries; this job decides their outcome. */
  readonly owned: readonly RecordOrigin[];
}

/** The state of each record of an event: it is in exactly one of `skipped`, `owned` of a job, `newRecords`. */
export interface Plan {
  /** Settled by an earlier flush. */
  readonly skipped: readonly RecordOrigin[];
  readonly jobs: readonly EarlierJob[];
  readonly newRecords: readonly RecordOrigin[];
  /** Those in jobs or new that an earlier flush found errant; they stay errant. */
  readonly errants: ReadonlyMap<RecordOrigin, LedgerErrants>;
}

const carriesRecord = (noted: LedgerJob | LedgerErrants, record: RecordOrigin): boolean =>
  isInTimeRange(record, noted) && isInRanges(record.offset, noted.ranges);

const isSettledIn = (range: SettledRange, record: RecordOrigin): boolean =>
  record.offset >= range.first &&
  record.offset <= range.last &&
  isInTimeRange(record, range) &&
  (range.ranges === undefined || isInRanges(record.offset, range.ranges));

/** Whether the ledger knows a record; otherwise it is new. */
const isKnown = ({ jobs, errants, settled }: PartitionState, record: RecordOrigin): boolean =>
  [...jobs, ...errants].some((noted) => carriesRecord(noted, record)) ||
  settled.some((range) => isSettledIn(range, record));

/**
 * Removes the settled ranges of partitions that were rewound. Kafka delivers a partition in order, so an
 * unknown record before the end of the settled ranges means that the group was rewound or the topic
 * recreated: all records must then be delivered. In a replay it does not, since replays have gaps.
 */
export function resetRewound(records: readonly RecordOrigin[], state: LedgerState): LedgerState {
  const ends = new Map<string, number>();
  for (const [key, { settled }] of state) ends.set(key, Math.max(...settled.map((r) => r.last)));
  const rewound = new Set<string>();
  for (const record of records) {
    const key = partitionKey(record);
    const known = state.get(key);
    if (known === undefined || known.sparse || rewound.has(key)) continue;
    if (record.offset > (ends.get(key) ?? -1)) continue;
    if (!isKnown(known, record)) rewound.add(key);
  }
  if (rewound.size === 0) return state;
  return new Map(
    [...state].map(([key, known]) => [key, rewound.has(key) ? { ...known, settled: [] } : known]),
  );
}

/** Groups records by the jobs that carry them. */
class JobsOfRecords {
  readonly #jobs = new Map<
    string,
    { rows: number; records: number; carried: RecordOrigin[]; owned: RecordOrigin[] }
  >();

  constructor(state: LedgerState) {
    for (const { jobs } of state.values()) {
      for (const { id, rows, records } of jobs) {
        this.#jobs.set(id, { rows, records, carried: [], owned: [] });
      }
    }
  }

  /** False if no job carries the record. */
  add(record: RecordOrigin, jobs: readonly LedgerJob[]): boolean {
    const carriers = jobs.filter((job) => carriesRecord(job, record));
    for (const { id } of carriers) this.#jobs.get(id)?.carried.push(record);
    const owner = carriers.at(-1);
    if (owner !== undefined) this.#jobs.get(owner.id)?.owned.push(record);
    return owner !== undefined;
  }

  list(): EarlierJob[] {
    return [...this.#jobs]
      .map(([id, job]) => ({ id, ...job }))
      .filter(({ carried }) => carried.length > 0);
  }
}

/**
 * Decides for each record of an event whether it is settled, in flight in a job, or new. A record is
 * settled only if it is in a stored range, by offset and by time. There is no high-water mark, so that
 * a rewound group, a recreated topic and another cluster deliver everything.
 */
export function planOf(records: readonly RecordOrigin[], state: LedgerState): Plan {
  const carriers = new JobsOfRecords(state);
  const skipped: RecordOrigin[] = [];
  const newRecords: RecordOrigin[] = [];
  const found = new Map<RecordOrigin, LedgerErrants>();
  for (const record of records) {
    const { topic, partition } = record;
    const known = state.get(partitionKey(record)) ?? emptyPartition(topic, partition);
    const { jobs, errants, settled } = known;
    const noted = errants.find((one) => carriesRecord(one, record));
    const isInFlight = carriers.add(record, jobs);
    if (noted !== undefined) found.set(record, noted);
    if (isInFlight) continue;
    // An errant record that is not settled yet must still be reported.
    if (noted === undefined && settled.some((range) => isSettledIn(range, record)))
      skipped.push(record);
    else newRecords.push(record);
  }
  return { skipped, jobs: carriers.list(), newRecords, errants: found };
}
