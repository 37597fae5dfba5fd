import type { Deadline } from '../runtime/deadline.ts';
import type { LedgerState } from './state.ts';

/** A partition that an event has records of. */
export interface ClusterPartition {
  readonly cluster: string;
  readonly topic: string;
  readonly partition: number;
}

/** Stores the state of a sink between invocations. */
export interface Ledger {
  /**
   * Reads the state of these partitions. Throws `LEDGER_UNAVAILABLE`, `LEDGER_REFUSED`,
   * `LEDGER_INVALID`.
   */
  read(partitions: readonly ClusterPartition[], deadline: Deadline): Promise<LedgerState>;
  /**
   * Writes the partitions that differ between `before` and `after`, and returns `after` with the new
   * versions. Throws `LEDGER_CONFLICT` when another invocation has written since `before` was read,
   * and `LEDGER_UNAVAILABLE`, `LEDGER_REFUSED`.
   */
  write(before: LedgerState, after: LedgerState, deadline: Deadline): Promise<LedgerState>;
}

/** No ledger: the state is always empty, and the delivery is at least once. */
export const noLedger: Ledger = {
  read: async () => new Map(),
  write: async (_before, after) => after,
};
