import { Admin } from '@platformatic/kafka';
import { type ClusterAccess, clientOptions } from './cluster-access.ts';

/** The cluster was found, but a broker that it advertises cannot be reached. */
export class UnreachableBrokerError extends Error {
  readonly broker: string;

  constructor(broker: string, cause: unknown) {
    super(`The cluster sends its clients to ${broker}`, { cause });
    this.name = 'UnreachableBrokerError';
    this.broker = broker;
  }
}

/** A topic of a cluster. */
export interface TopicInfo {
  name: string;
  partitions: number;
}

/**
 * Checks once, without retries, that a cluster can be reached and has these topics.
 *
 * Rejects with the error of the Kafka client, or with `UnreachableBrokerError`.
 */
export async function checkCluster(
  access: ClusterAccess,
  topics: readonly string[],
): Promise<TopicInfo[]> {
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
