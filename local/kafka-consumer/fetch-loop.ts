import type { ClusterMetadata } from '@platformatic/kafka';
import type { RecordBuffer } from '../event-source-mapping/record-source.ts';
import type { Sleep } from '../event-source-mapping/sleep.ts';
import type { AssignedPartition } from './assigned-partition.ts';
import type { Backoff } from './backoff.ts';
import { isPermanent } from './failure.ts';
import { byLeader, type FetchClient, fetchOnce } from './fetch.ts';

/** What the loop works with. */
export interface FetchLoopPorts {
  client: FetchClient;
  topics: readonly string[];
  buffer: RecordBuffer;
  backoff: Backoff;
  /** The partitions assigned now. */
  assigned: () => readonly AssignedPartition[];
  /** Finds the positions of partitions that have none yet. */
  findPositions: (assignments: readonly AssignedPartition[]) => Promise<void>;
  /** Called with the metadata of the cluster before each round of fetches. */
  onMetadata: (metadata: ClusterMetadata) => void;
  sleep: Sleep;
}

/**
 * How often a member without anything to fetch refreshes the metadata; it may have no partition.
 */
const idleMs = 5000;

/**
 * Fetches as long as there is capacity and until `signal` aborts: from all brokers in parallel, one
 * fetch per broker at a time.
 *
 * Errors are retried; rejects only for permanent ones.
 */
export async function fetchUntilAborted(ports: FetchLoopPorts, signal: AbortSignal): Promise<void> {
  const { client, buffer, backoff } = ports;
  const fetches = new Map<number, Promise<void>>();
  while (!signal.aborted) {
    const changed = buffer.changed();
    try {
      await startFetches(ports, fetches, signal);
      const idle = fetches.size === 0 ? [idleTime(ports, changed, signal)] : [];
      await Promise.race([changed, ...fetches.values(), ...idle]);
    } catch (error) {
      if (signal.aborted) return;
      if (isPermanent(error)) throw error;
      client.consumer.clearMetadata();
      await backoff.failed(error, signal);
    }
  }
}

/** Resolves after the idle time, or after a change. */
async function idleTime(
  { sleep }: FetchLoopPorts,
  changed: Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const woken = new AbortController();
  void changed.then(() => woken.abort());
  await sleep(idleMs, AbortSignal.any([signal, woken.signal]));
}

async function startFetches(
  ports: FetchLoopPorts,
  fetches: Map<number, Promise<void>>,
  signal: AbortSignal,
): Promise<void> {
  const { client, buffer, assigned, backoff } = ports;
  const unpositioned = assigned().filter(({ next }) => next === null);
  if (unpositioned.length > 0) await ports.findPositions(unpositioned);
  const metadata = await client.consumer.metadata({ topics: [...ports.topics] });
  ports.onMetadata(metadata);
  const wanted = assigned().filter((assignment) => buffer.hasCapacity(assignment));
  for (const [node, those] of byLeader(wanted, metadata)) {
    if (fetches.has(node) || signal.aborted) continue;
    const fetch = fetchOnce(client, { node, assignments: those, metadata }, (record) => {
      if (!signal.aborted) buffer.put(record);
    })
      .then(() => backoff.succeeded())
      .finally(() => fetches.delete(node));
    fetches.set(node, fetch);
  }
}
