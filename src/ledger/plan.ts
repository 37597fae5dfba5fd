import type { RecordOrigin } from '../kafka/record.ts';
import { type InFlightJob, JobsOfRecords } from './jobs-in-flight.ts';
import { carriesRecord, isInRanges } from './offset-ranges.ts';
import {
  isInTimeRange,
  type LedgerErrants,
  type LedgerState,
  type PartitionState,
  partitionFinder,
  partitionKey,
  type SettledRange,
} from './state.ts';

/**
 * The state of each record of an event: it is in exactly one of `skipped`, `deleted`, `owned` of a
 * job, `newRecords`.
 */
export interface Plan {
  /** Settled by an earlier flush. */
  readonly skipped: readonly RecordOrigin[];
  /** Records of deletes that an earlier delivery has done, without settling its flush. */
  readonly deleted: readonly RecordOrigin[];
  readonly jobs: readonly InFlightJob[];
  readonly newRecords: readonly RecordOrigin[];
  /** Those in jobs or new that an earlier flush found errant; they stay errant. */
  readonly errants: ReadonlyMap<RecordOrigin, LedgerErrants>;
}

const isSettledIn = (range: SettledRange, record: RecordOrigin): boolean =>
  record.offset >= range.first &&
  record.offset <= range.last &&
  isInTimeRange(record, range) &&
  (range.ranges === undefined || isInRanges(record.offset, range.ranges));

/** Whether the ledger knows a record; otherwise it is new. */
const isKnown = (
  { jobs, errants, deleted, settled }: PartitionState,
  record: RecordOrigin,
): boolean =>
  [...jobs, ...errants, ...deleted].some((entry) => carriesRecord(entry, record)) ||
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
  const partitionOf = partitionFinder(state);
  for (const record of records) {
    const known = partitionOf(record);
    if (known.sparse || known.settled.length === 0) continue;
    const key = partitionKey(known);
    if (rewound.has(key) || record.offset > (ends.get(key) ?? -1)) continue;
    if (!isKnown(known, record)) rewound.add(key);
  }
  if (rewound.size === 0) return state;
  return new Map(
    [...state].map(([key, known]) => [key, rewound.has(key) ? { ...known, settled: [] } : known]),
  );
}

/** The state of a record that no job owns. */
type StateOfRecord = 'skipped' | 'deleted' | 'newRecords';

/** An errant record that is not settled yet must still be reported. */
function stateWithoutJob(
  { settled }: PartitionState,
  record: RecordOrigin,
  entry: LedgerErrants | undefined,
): StateOfRecord {
  const isSettled = entry === undefined && settled.some((range) => isSettledIn(range, record));
  return isSettled ? 'skipped' : 'newRecords';
}

/**
 * Decides for each record of an event whether it is settled, deleted, in flight in a job, or new. A record is
 * settled only if it is in a stored range, by offset and by time. There is no high-water mark, so that
 * a rewound group, a recreated topic and another cluster deliver everything.
 */
export function planOf(records: readonly RecordOrigin[], state: LedgerState): Plan {
  const carriers = new JobsOfRecords(state);
  const plan = { skipped: [], deleted: [], newRecords: [] } as Record<
    StateOfRecord,
    RecordOrigin[]
  >;
  const found = new Map<RecordOrigin, LedgerErrants>();
  const partitionOf = partitionFinder(state);
  for (const record of records) {
    const known = partitionOf(record);
    const { jobs, errants, deleted, settled } = known;
    if (jobs.length + errants.length + deleted.length + settled.length === 0) {
      plan.newRecords.push(record);
      continue;
    }
    const entry = errants.find((one) => carriesRecord(one, record));
    const isDeleted = deleted.some((one) => carriesRecord(one, record));
    const isInFlight = carriers.add(record, jobs, isDeleted);
    if (entry !== undefined) found.set(record, entry);
    if (isDeleted) plan.deleted.push(record);
    else if (!isInFlight) plan[stateWithoutJob(known, record, entry)].push(record);
  }
  return { ...plan, jobs: carriers.list(), errants: found };
}
