import type { BaseOptions } from '@platformatic/kafka';

/** The credentials of a user of the cluster. */
export interface Sasl {
  mechanism: 'PLAIN' | 'SCRAM-SHA-256' | 'SCRAM-SHA-512';
  username: string;
  password: string;
}

/**
 * How to reach a cluster. `brokers` are `host:port`; any of them leads to the others. `tls` null is
 * plaintext; its `ca` is PEM, null for the authorities that Node.js trusts. `sasl` null is no
 * authentication.
 */
export interface ClusterAccess {
  brokers: readonly string[];
  tls: { ca: string | null } | null;
  sasl: Sasl | null;
}

/**
 * Options for every client of the cluster.
 *
 * The client must not retry: it would commit for an earlier generation of the group after it has
 * joined the next one, and the outage could not be reported.
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
