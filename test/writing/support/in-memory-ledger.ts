import type { Ledger } from '../../../src/ledger/ledger.ts';
import { emptyPartition, type PartitionState, partitionKey } from '../../../src/ledger/state.ts';

/**
 * A ledger in state that outlives execution environments. Like the table, it rejects stale writes.
 */
export function inMemoryLedger(): Ledger {
  const stored = new Map<string, PartitionState>();
  return {
    read: async (partitions) =>
      new Map(
        partitions.map((one) => {
          const key = partitionKey(one);
          return [key, stored.get(key) ?? emptyPartition(one.topic, one.partition)] as const;
        }),
      ),
    write: async (before, after) => {
      const written = new Map(after);
      for (const [key, state] of after) {
        if (state === before.get(key)) continue;
        if (state.version !== (stored.get(key)?.version ?? 0)) throw new Error('a stale write');
        const next = { ...state, version: state.version + 1 };
        stored.set(key, next);
        written.set(key, next);
      }
      return written;
    },
  };
}
