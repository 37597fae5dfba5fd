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
