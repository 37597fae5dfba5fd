import { createHash } from 'node:crypto';
import type { KafkaEvent } from './event.ts';

/**
 * Identifies the cluster of an event: its ARN, else a digest of its bootstrap servers in any order.
 * Events with neither share the cluster `unknown`.
 */
export function clusterOf({ eventSourceArn, bootstrapServers }: KafkaEvent): string {
  if (typeof eventSourceArn === 'string' && eventSourceArn !== '') return eventSourceArn;
  if (typeof bootstrapServers !== 'string' || bootstrapServers === '') return 'unknown';
  const servers = bootstrapServers.split(',').map((server) => server.trim());
  return createHash('sha256').update(servers.sort().join(',')).digest('hex').slice(0, 16);
}

/**
 * Suffix of a cluster whose records are replayed from the errant queue. ARNs and digests have no
 * `#`.
 */
const replaySuffix = /#replay-(\d+)$/;

/**
 * Returns the cluster under which an errant queue message is replayed: `arn…#replay-1`, and
 * `arn…#replay-2` for a record that became errant in that replay. Each replay thus has its own
 * ledger state, separate from the original delivery and from earlier replays.
 */
export function replayOf(cluster: string): string {
  const [suffix = '', round = '0'] = replaySuffix.exec(cluster) ?? [];
  return `${cluster.slice(0, cluster.length - suffix.length)}#replay-${Number(round) + 1}`;
}

/** Tells whether records are replayed from the errant queue, and may thus come in any order. */
export function isReplay(cluster: string): boolean {
  return replaySuffix.test(cluster);
}
