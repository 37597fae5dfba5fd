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

/** Any outcome but a returned value. */
export type Failure = Exclude<Outcome, { kind: 'returned' }>;

/**
 * What an event source mapping does, as it does it.
 *
 * `record-passed-over`: no event can hold this record; nobody will get it. `commit-failed`: the
 * flush succeeded but will be delivered again, to whoever reads these partitions next.
 * `batch-lost`: some or all partitions of the batch were dropped while it was out, so whoever has
 * them now gets those records again. `assigned` has every partition that is read from now on.
 * `trouble`: the source cannot be reached, and is tried again; `over` says that it can again.
 */
export type MappingEvent =
  | { kind: 'flush-started'; flush: Flush }
  | { kind: 'flush-returned'; flush: Flush; outcome: Extract<Outcome, { kind: 'returned' }> }
  | { kind: 'flush-failed'; flush: Flush; outcome: Failure }
  | { kind: 'redelivery-scheduled'; flush: Flush; waitMs: number }
  | { kind: 'record-passed-over'; record: SourceRecord }
  | { kind: 'batch-lost'; batch: number; partitions: readonly string[] }
  | { kind: 'committed'; batch: number; positions: readonly Position[] }
  | { kind: 'commit-failed'; batch: number; positions: readonly Position[]; error: unknown }
  | SourceEvent
  | { kind: 'stopped' };

/** What happens to a source by itself. */
export type SourceEvent =
  | { kind: 'assigned'; partitions: readonly TopicPartition[] }
  | { kind: 'offset-reset'; partition: TopicPartition; from: number; to: number }
  | { kind: 'trouble'; what: string; error: unknown; waitMs: number }
  | { kind: 'trouble-over'; what: string };
