import type { BaseOptions } from '@platformatic/kafka';
import { checkAnswer, loginToken } from './login-token.ts';
import type { Sasl } from './sasl.ts';

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
    ...(sasl === null ? {} : { sasl: saslOptions(sasl) }),
  } satisfies BaseOptions;
}

/** MSK's IAM is OAUTHBEARER with a token that is signed with AWS credentials. */
function saslOptions(sasl: Sasl) {
  if ('password' in sasl) return { ...sasl };
  return {
    mechanism: 'OAUTHBEARER' as const,
    token: () => loginToken(sasl),
    authBytesValidator: checkAnswer,
  };
}
