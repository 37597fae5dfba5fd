import type { ErrantRecord } from '../kafka/errant-record.ts';
import type { RecordOrigin } from '../kafka/record.ts';
import type { ErrantCode } from '../record-error.ts';

/** Times of records, in milliseconds since 1970, both ends included. */
export interface TimeRange {
  readonly firstTime: number;
  readonly lastTime: number;
}

/** Offsets of a partition, both ends included. */
export type OffsetRange = readonly [first: number, last: number];

/** Records of a partition that a flush has settled: if Kafka redelivers them, they are skipped. */
export interface SettledRange extends TimeRange {
  readonly first: number;
  readonly last: number;
  /** The offsets between `first` and `last`, in a sparse partition; default: all. */
  readonly ranges?: readonly OffsetRange[];
  /** When it was settled, in milliseconds since 1970. */
  readonly at: number;
}

/** What an entry has of its records: their offsets, ascending, and their times. */
export interface Entry extends TimeRange {
  readonly ranges: readonly OffsetRange[];
}

/** A job that may carry unsettled records of a partition. */
export interface LedgerJob extends Entry {
  readonly id: string;
  /** All rows of the job, including those of other partitions. */
  readonly rows: number;
  /** All records of those rows; 0: unknown, in an item of version 0.1. */
  readonly records: number;
  /** When it was stored, in milliseconds since 1970. */
  readonly at: number;
  /** Set for deletes in a sink that also writes. */
  readonly deletes?: true;
}

/**
 * Records of deletes that are done, in a flush that is not settled yet. They are stored before a later
 * record of their key is sent, so that a redelivery does not delete what that record has written.
 */
export interface LedgerDeleted extends Entry {
  /** When it was stored, in milliseconds since 1970. */
  readonly at: number;
}

/**
 * Records that a flush found errant and that are not settled yet. The ledger stores them before they
 * are reported, and a redelivery follows it, so that a reported record is never written.
 */
export interface LedgerErrants extends Entry {
  readonly stage: ErrantRecord['stage'];
  readonly code: ErrantCode;
  /** The job that rejected them, and Salesforce's code; null if they were in no job. */
  readonly rejection: { readonly jobId: string; readonly errorCode: string } | null;
  /** When it was stored, in milliseconds since 1970. */
  readonly at: number;
}

/** How long a job took, for the waits of later flushes in any container. */
export interface LedgerDuration {
  readonly rows: number;
  /** From its submission to its end, in milliseconds. */
  readonly tookMs: number;
  /** When its end was seen, in milliseconds since 1970. */
  readonly at: number;
}

/** The ledger state of one partition. */
export interface PartitionState {
  readonly topic: string;
  readonly partition: number;
  /**
   * True in a replay: its events hold some records of the partition, in any order, so that offsets
   * between two of them are unknown.
   */
  readonly sparse: boolean;
  /** Number of writes of the item; 0: not written yet. */
  readonly version: number;
  /** Oldest first. */
  readonly settled: readonly SettledRange[];
  /** Oldest first; if two jobs carry a record, the later one decides its outcome. */
  readonly jobs: readonly LedgerJob[];
  readonly errants: readonly LedgerErrants[];
  readonly deleted: readonly LedgerDeleted[];
  /** Of the last jobs with records of the partition, oldest first. */
  readonly durations: readonly LedgerDuration[];
}

/** The ledger state of the partitions of one event, by `partitionKey`. */
export type LedgerState = ReadonlyMap<string, PartitionState>;

/** The key of a partition in a `LedgerState`. */
export function partitionKey({
  topic,
  partition,
}: Pick<RecordOrigin, 'topic' | 'partition'>): string {
  return `${topic}-${partition}`;
}

/**
 * Finds the state of a record's partition. The last one is kept: most records of an event follow one of
 * their partition, and a key costs more than the rest.
 */
export function partitionFinder(
  state: LedgerState,
): (record: Pick<RecordOrigin, 'topic' | 'partition'>) => PartitionState {
  let last: PartitionState | null = null;
  return ({ topic, partition }) => {
    if (last?.partition !== partition || last.topic !== topic) {
      const known = state.get(partitionKey({ topic, partition }));
      last = known ?? emptyPartition(topic, partition);
    }
    return last;
  };
}

/** The state of a partition without an item. */
export function emptyPartition(topic: string, partition: number, sparse = false): PartitionState {
  const nothing = { settled: [], jobs: [], errants: [], deleted: [], durations: [] };
  return { topic, partition, sparse, version: 0, ...nothing };
}

/** The time range of records, at least one. */
export function timesOf(records: readonly RecordOrigin[]): TimeRange {
  let firstTime = Number.POSITIVE_INFINITY;
  let lastTime = Number.NEGATIVE_INFINITY;
  for (const { timestamp } of records) {
    firstTime = Math.min(firstTime, timestamp);
    lastTime = Math.max(lastTime, timestamp);
  }
  return { firstTime, lastTime };
}

/** Tells whether a record's time is in a range. Offsets alone are not enough: they restart when a topic
 * is recreated. */
export function isInTimeRange(
  { timestamp }: RecordOrigin,
  { firstTime, lastTime }: TimeRange,
): boolean {
  return timestamp >= firstTime && timestamp <= lastTime;
}
