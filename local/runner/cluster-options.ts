import type { ClusterAccess } from '../kafka-consumer/cluster-access.ts';
import { readSasl, type Variables } from './logins.ts';
import { readBrokers, readTls } from './option-values.ts';

/** The options that say how to reach a cluster, as `parseArgs` takes them. */
export const clusterOptionTypes = {
  brokers: { type: 'string', multiple: true },
  sasl: { type: 'string' },
  username: { type: 'string' },
  tls: { type: 'boolean', default: false },
  ca: { type: 'string' },
} as const;

/** The values that `parseArgs` returns for these options. */
export interface ClusterOptionValues {
  brokers?: string[] | undefined;
  sasl?: string | undefined;
  username?: string | undefined;
  tls: boolean;
  ca?: string | undefined;
}

/** How to reach the cluster; the password is read from `KAFKA_PASSWORD`. Throws UsageError. */
export function readAccess(values: ClusterOptionValues, variables: Variables): ClusterAccess {
  return {
    brokers: readBrokers(values.brokers),
    tls: readTls(values.tls, values.ca),
    sasl: readSasl(values, variables),
  };
}
