import type { ClusterAccess } from '../kafka-consumer/cluster-access.ts';
import type { Variables } from './logins.ts';
import { readBrokers, readTls } from './option-values.ts';
import { readSasl } from './sasl-options.ts';

/** The options that say how to reach a cluster, as `parseArgs` takes them. */
export const clusterOptionTypes = {
  brokers: { type: 'string', multiple: true },
  sasl: { type: 'string' },
  username: { type: 'string' },
  'token-file': { type: 'string' },
  region: { type: 'string' },
  tls: { type: 'boolean', default: false },
  ca: { type: 'string' },
} as const;

/** The values that `parseArgs` returns for these options. */
export interface ClusterOptionValues {
  brokers?: string[] | undefined;
  sasl?: string | undefined;
  username?: string | undefined;
  'token-file'?: string | undefined;
  region?: string | undefined;
  tls: boolean;
  ca?: string | undefined;
}

/**
 * How to reach the cluster; the password is read from `KAFKA_PASSWORD`. IAM is only offered over TLS.
 * Throws UsageError.
 */
export function readAccess(values: ClusterOptionValues, variables: Variables): ClusterAccess {
  const brokers = readBrokers(values.brokers);
  const sasl = readSasl(values, variables);
  const tls = readTls(values.tls || sasl?.mechanism === 'AWS_MSK_IAM', values.ca);
  return { brokers, tls, sasl };
}
