import type { SourceRecord } from './source-record.ts';

/**
 * The limits of a batch; the first one that is reached closes it.
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
 * Records for one invocation.
 *
 * `records` keep the order in which they were read. `oversized` are records that fit into no event
 * (AWS Lambda developer guide, with-kafka-troubleshoot): they are not delivered, but committed with
 * the batch. `bytes` is the size of the event that holds `records`. `revoked` are the names of
 * partitions that were dropped since the batch was cut: they are neither delivered again nor
 * committed. `allRevoked` aborts when no other partition is left.
 */
export interface Batch {
  readonly records: readonly SourceRecord[];
  readonly oversized: readonly SourceRecord[];
  readonly bytes: number;
  readonly revoked: ReadonlySet<string>;
  readonly allRevoked: AbortSignal;
}
