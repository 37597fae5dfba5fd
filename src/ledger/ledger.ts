import type { Deadline } from '../runtime/deadline.ts';
import type { LedgerState } from './state.ts';

/** A partition of a cluster that an event has records of. */
export interface ClusterPartition {
  readonly cluster: string;
  readonly topic: string;
  readonly partition: number;
}

/** Where the state of a sink is kept between invocations. */
export interface Ledger {
  /** Reads what is remembered of these partitions. */
  read(partitions: readonly ClusterPartition[], deadline: Deadline): Promise<LedgerState>;
  /**
   * Writes what has changed since `before`, and gives it with its new versions. Throws
   * `LEDGER_CONFLICT` when somebody else has written meanwhile.
   */
  write(before: LedgerState, after: LedgerState, deadline: Deadline): Promise<LedgerState>;
}

/** No ledger: nothing is remembered, and the delivery is at least once. */
export const noLedger: Ledger = {
  read: async () => new Map(),
  write: async (_before, after) => after,
};
