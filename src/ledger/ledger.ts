import type { Deadline } from '../runtime/deadline.ts';
import type { Memory } from './state.ts';

/** A partition of a cluster that an event has records of. */
export interface ClusterPartition {
  readonly cluster: string;
  readonly topic: string;
  readonly partition: number;
}

/** Where the memory of a sink is kept between invocations. */
export interface Ledger {
  /** Reads what is remembered of these partitions. */
  read(partitions: readonly ClusterPartition[], deadline: Deadline): Promise<Memory>;
  /**
   * Writes what has changed since `before`, and gives it with its new versions. Throws
   * `LEDGER_CONFLICT` when somebody else has written meanwhile.
   */
  write(before: Memory, after: Memory, deadline: Deadline): Promise<Memory>;
}

/** No ledger: nothing is remembered, and the delivery is at least once. */
export const noLedger: Ledger = {
  read: async () => new Map(),
  write: async (_before, after) => after,
};
