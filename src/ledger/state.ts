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

/** Records of a partition that one flush has settled: Kafka may send them again, nobody writes them again. */
export interface SettledRange extends TimeRange {
  readonly first: number;
  readonly last: number;
  /** The offsets between them that it holds, in a sparse partition; left out: all. */
  readonly ranges?: readonly OffsetRange[];
  /** When it was settled, in milliseconds since 1970. */
  readonly at: number;
}

/** A job that may hold records of a partition which no flush has settled. */
export interface NotedJob extends TimeRange {
  readonly id: string;
  /** All rows that the job was sent, those of other partitions among them. */
  readonly rows: number;
  /** All records that they were made of; 0: an item of version 0.1 does not say. */
  readonly records: number;
  /** The offsets that it carries, ascending. */
  readonly ranges: readonly OffsetRange[];
  /** When it was noted, in milliseconds since 1970. */
  readonly at: number;
}

/**
 * Records that a flush found errant and that no flush has settled yet. It is noted before they are
 * reported, and a redelivery keeps to it: what was reported is never written.
 */
export interface NotedErrants extends TimeRange {
  readonly stage: ErrantRecord['stage'];
  readonly code: ErrantCode;
  /** The job whose results say so, and Salesforce's own code; null where no job was asked. */
  readonly rejection: { readonly jobId: string; readonly errorCode: string } | null;
  readonly ranges: readonly OffsetRange[];
  /** When it was noted, in milliseconds since 1970. */
  readonly at: number;
}

/** What the ledger remembers of one partition. */
export interface PartitionState {
  readonly topic: string;
  readonly partition: number;
  /**
   * True in a replay: its events hold some records of the partition, in any order, so that nothing
   * is known of what lies between two of them.
   */
  readonly sparse: boolean;
  /** Counts the writes of the item; 0: there is none yet. */
  readonly version: number;
  /** The oldest first. */
  readonly settled: readonly SettledRange[];
  /** The oldest first; a job that came later carries a record rather than the one before it. */
  readonly jobs: readonly NotedJob[];
  readonly errants: readonly NotedErrants[];
}

/** What the ledger remembers of the partitions of one event, by `partitionKey`. */
export type LedgerState = ReadonlyMap<string, PartitionState>;

/** Names a partition inside one event. */
export function partitionKey({
  topic,
  partition,
}: Pick<RecordOrigin, 'topic' | 'partition'>): string {
  return `${topic}-${partition}`;
}

/** Of a partition nothing is remembered. */
export function emptyPartition(topic: string, partition: number, sparse = false): PartitionState {
  return { topic, partition, sparse, version: 0, settled: [], jobs: [], errants: [] };
}

/** The times of records; at least one. */
export function timesOf(records: readonly RecordOrigin[]): TimeRange {
  let firstTime = Number.POSITIVE_INFINITY;
  let lastTime = Number.NEGATIVE_INFINITY;
  for (const { timestamp } of records) {
    firstTime = Math.min(firstTime, timestamp);
    lastTime = Math.max(lastTime, timestamp);
  }
  return { firstTime, lastTime };
}

/** Says whether a record's time is in a range: offsets begin again when a topic is made anew. */
export function isOfTime({ timestamp }: RecordOrigin, { firstTime, lastTime }: TimeRange): boolean {
  return timestamp >= firstTime && timestamp <= lastTime;
}
