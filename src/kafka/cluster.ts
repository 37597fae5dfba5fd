import { createHash } from 'node:crypto';
import type { KafkaEvent } from './event.ts';

/**
 * Names the cluster of an event: its ARN, else a digest of its bootstrap servers, whatever their
 * order. Without either it is `unknown`, which is one cluster as far as anybody can tell.
 */
export function clusterOf({ eventSourceArn, bootstrapServers }: KafkaEvent): string {
  if (typeof eventSourceArn === 'string' && eventSourceArn !== '') return eventSourceArn;
  if (typeof bootstrapServers !== 'string' || bootstrapServers === '') return 'unknown';
  const servers = bootstrapServers.split(',').map((server) => server.trim());
  return createHash('sha256').update(servers.sort().join(',')).digest('hex').slice(0, 16);
}

/** Ends the name of a cluster whose records come from the errant queue. No ARN and no digest has a `#`. */
const replayMark = /#replay-(\d+)$/;

/**
 * Names the cluster of a record that is replayed from a message of the errant queue, by the cluster
 * that the message names: `arn…#replay-1`, and `arn…#replay-2` for a record that became errant in
 * that replay. So every replay of a record has memories of its own in the ledger: it is neither
 * taken for the delivery in which the record became errant, nor for the replay before.
 */
export function replayOf(cluster: string): string {
  const [mark = '', round = '0'] = replayMark.exec(cluster) ?? [];
  return `${cluster.slice(0, cluster.length - mark.length)}#replay-${Number(round) + 1}`;
}

/** Whether records come from the errant queue: one by one and in any order, unlike Kafka's. */
export function isReplay(cluster: string): boolean {
  return replayMark.test(cluster);
}
