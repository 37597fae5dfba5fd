import type { Outcome } from '../lambda-runtime/outcome.ts';
import type { OffsetRange } from './offset-range.ts';
import type { Position } from './record-source.ts';
import type { SourceRecord, TopicPartition } from './source-record.ts';

/**
 * One delivery of one batch; a redelivery has the same `batch` and the next `attempt`.
 *
 * `batch` and `attempt` count from 1. `bytes` is the size of the event, as the batch was cut.
 */
export interface Flush {
  batch: number;
  attempt: number;
  ranges: readonly OffsetRange[];
  records: number;
  bytes: number;
}

/** Any outcome except a returned value. */
export type Failure = Exclude<Outcome, { kind: 'returned' }>;

/**
 * The events of an event source mapping.
 *
 * `record-skipped`: the record fits into no event and is not delivered. `commit-failed`: the flush
 * succeeded but will be delivered again, to the next reader of these partitions. `batch-revoked`:
 * partitions of the batch were revoked while it was in flight, so their next reader gets those
 * records again. `assigned` has every partition that is read from now on. `outage`: an operation on
 * the source fails and is retried; `outage-over`: it succeeds again.
 */
export type MappingEvent =
  | { kind: 'flush-started'; flush: Flush }
  | { kind: 'flush-returned'; flush: Flush; outcome: Extract<Outcome, { kind: 'returned' }> }
  | { kind: 'flush-failed'; flush: Flush; outcome: Failure }
  | { kind: 'redelivery-scheduled'; flush: Flush; waitMs: number }
  | { kind: 'record-skipped'; record: SourceRecord }
  | { kind: 'batch-revoked'; batch: number; partitions: readonly string[] }
  | { kind: 'committed'; batch: number; positions: readonly Position[] }
  | { kind: 'commit-failed'; batch: number; positions: readonly Position[]; error: unknown }
  | SourceEvent
  | { kind: 'stopped' };

/** Events of the source alone. */
export type SourceEvent =
  | { kind: 'assigned'; partitions: readonly TopicPartition[] }
  | { kind: 'offset-reset'; partition: TopicPartition; from: number; to: number }
  | { kind: 'outage'; what: string; error: unknown; waitMs: number }
  | { kind: 'outage-over'; what: string };
