import { Admin } from '@platformatic/kafka';
import { type ClusterAccess, clientOptions } from './cluster-access.ts';

/** The brokers that a cluster sends its clients to cannot be reached, although it was found. */
export class UnreachableBrokerError extends Error {
  readonly broker: string;

  constructor(broker: string, cause: unknown) {
    super(`The cluster sends its clients to ${broker}`, { cause });
    this.name = 'UnreachableBrokerError';
    this.broker = broker;
  }
}

/** One topic of a cluster. */
export interface TopicView {
  name: string;
  partitions: number;
}

/**
 * Looks once, without trying again, whether a cluster can be reached and has these topics.
 *
 * Rejects with what the client says, or with `UnreachableBrokerError`.
 */
export async function checkCluster(
  access: ClusterAccess,
  topics: readonly string[],
): Promise<TopicView[]> {
  const admin = new Admin({ ...clientOptions(access), requestTimeout: 10_000 });
  try {
    const metadata = await admin.metadata({ topics: [...topics] });
    for (const [node, { host, port }] of metadata.brokers) {
      await admin.connectToBrokers([node]).catch((error: unknown) => {
        throw new UnreachableBrokerError(`${host}:${port}`, error);
      });
    }
    return topics.map((name) => ({
      name,
      partitions: metadata.topics.get(name)?.partitionsCount ?? 0,
    }));
  } finally {
    await admin.close().catch(() => undefined);
  }
}
