import type { ClusterMetadata } from '@platformatic/kafka';
import type { Intake } from '../event-source-mapping/record-source.ts';
import type { Sleep } from '../event-source-mapping/sleep.ts';
import { isPermanent } from './failure.ts';
import { byLeader, type FetchClient, fetchOnce } from './fetch.ts';
import type { Share } from './share.ts';
import type { Trouble } from './trouble.ts';

/** What reading works with. */
export interface ReadingPorts {
  client: FetchClient;
  topics: readonly string[];
  intake: Intake;
  trouble: Trouble;
  /** What is assigned now. */
  shares: () => readonly Share[];
  /** Finds the positions of shares that have none yet. */
  place: (shares: readonly Share[]) => Promise<void>;
  /** Gets what is known of the cluster, again and again. */
  onMetadata: (metadata: ClusterMetadata) => void;
  sleep: Sleep;
}

/** How often a member looks at the cluster that has nothing to fetch, perhaps no partition at all. */
const idleMs = 5000;

/**
 * Fetches what there is room for until `signal` aborts: from all brokers at once, and from each one
 * fetch at a time.
 *
 * What a broker refuses or a network loses is tried again; rejects only when that can never help.
 */
export async function readShares(ports: ReadingPorts, signal: AbortSignal): Promise<void> {
  const { client, intake, trouble } = ports;
  const fetches = new Map<number, Promise<void>>();
  while (!signal.aborted) {
    const changed = intake.changed();
    try {
      await startFetches(ports, fetches, signal);
      const idle = fetches.size === 0 ? [idleTime(ports, changed, signal)] : [];
      await Promise.race([changed, ...fetches.values(), ...idle]);
    } catch (error) {
      if (signal.aborted) return;
      if (isPermanent(error)) throw error;
      client.consumer.clearMetadata();
      await trouble.wait(error, signal);
    }
  }
}

/** Resolves after the idle time, or when something has changed. */
async function idleTime(
  { sleep }: ReadingPorts,
  changed: Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const over = new AbortController();
  void changed.then(() => over.abort());
  await sleep(idleMs, AbortSignal.any([signal, over.signal]));
}

async function startFetches(
  ports: ReadingPorts,
  fetches: Map<number, Promise<void>>,
  signal: AbortSignal,
): Promise<void> {
  const { client, intake, shares, trouble } = ports;
  const unplaced = shares().filter(({ next }) => next === null);
  if (unplaced.length > 0) await ports.place(unplaced);
  const metadata = await client.consumer.metadata({ topics: [...ports.topics] });
  ports.onMetadata(metadata);
  const wanted = shares().filter((share) => intake.hasCapacity(share));
  for (const [node, those] of byLeader(wanted, metadata)) {
    if (fetches.has(node) || signal.aborted) continue;
    const fetch = fetchOnce(client, { node, shares: those, metadata }, (record) => {
      if (!signal.aborted) intake.put(record);
    })
      .then(() => trouble.over())
      .finally(() => fetches.delete(node));
    fetches.set(node, fetch);
  }
}
