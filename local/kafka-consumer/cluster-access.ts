import type { BaseOptions } from '@platformatic/kafka';

/** How a user of the cluster proves who they are. */
export interface Sasl {
  mechanism: 'PLAIN' | 'SCRAM-SHA-256' | 'SCRAM-SHA-512';
  username: string;
  password: string;
}

/**
 * How a cluster is reached. `brokers` are `host:port`; any of them leads to the others. `tls` null
 * is plaintext; its `ca` is PEM, null for the authorities that Node.js knows. `sasl` null is no
 * authentication.
 */
export interface ClusterAccess {
  brokers: readonly string[];
  tls: { ca: string | null } | null;
  sasl: Sasl | null;
}

/**
 * What every client of the cluster is given.
 *
 * Nothing is tried again inside: the client would commit for a former generation of the group after
 * it has joined the next one, and whoever waits could not be told.
 */
export function clientOptions({ brokers, tls, sasl }: ClusterAccess) {
  return {
    clientId: 'msk-salesforce-sink',
    bootstrapBrokers: [...brokers],
    connectTimeout: 5000,
    retries: 0,
    ...(tls === null ? {} : { tls: tls.ca === null ? {} : { ca: tls.ca }, tlsServerName: true }),
    ...(sasl === null ? {} : { sasl: { ...sasl } }),
  } satisfies BaseOptions;
}
