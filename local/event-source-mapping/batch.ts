import type { SourceRecord } from './source-record.ts';

/**
 * When a batch closes: at whichever comes first.
 *
 * `maxRecords` 1 to 10,000; `windowMs` 0 to 300,000, counted from the batch's first record;
 * `maxBytes` of the whole event as JSON.
 */
export interface BatchLimits {
  maxRecords: number;
  windowMs: number;
  maxBytes: number;
}

/** The largest event of a synchronous invocation: 6 MB (AWS Lambda developer guide, quotas). */
export const maxEventBytes = 6 * 1024 * 1024;

/**
 * Records for one invocation, out of the backlog and not yet done with.
 *
 * `records` keep the order in which they were read. `passedOver` are records that fit into no event
 * at all (AWS Lambda developer guide, with-kafka-troubleshoot): they are delivered to nobody, and
 * the batch's commit goes past them. `bytes` is the size of the event that holds `records`.
 * `lost` are the names of partitions that were dropped since the batch was cut: they are neither
 * delivered again nor committed. `allLost` aborts when nothing else is left.
 */
export interface Batch {
  readonly records: readonly SourceRecord[];
  readonly passedOver: readonly SourceRecord[];
  readonly bytes: number;
  readonly lost: ReadonlySet<string>;
  readonly allLost: AbortSignal;
}
