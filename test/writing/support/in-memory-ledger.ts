import type { Ledger } from '../../../src/ledger/ledger.ts';
import { emptyPartition, type PartitionState, partitionKey } from '../../../src/ledger/state.ts';

/** A ledger that outlives containers, without a table: a lost race throws, as there. */
export function inMemoryLedger(): Ledger {
  const kept = new Map<string, PartitionState>();
  return {
    read: async (partitions) =>
      new Map(
        partitions.map((one) => {
          const key = partitionKey(one);
          return [key, kept.get(key) ?? emptyPartition(one.topic, one.partition)] as const;
        }),
      ),
    write: async (before, after) => {
      const written = new Map(after);
      for (const [key, memory] of after) {
        if (memory === before.get(key)) continue;
        if (memory.version !== (kept.get(key)?.version ?? 0)) throw new Error('a lost race');
        const next = { ...memory, version: memory.version + 1 };
        kept.set(key, next);
        written.set(key, next);
      }
      return written;
    },
  };
}
