import { inject } from 'vitest';
import type { TestProject } from 'vitest/node';
import type { ClusterAccess } from '../../../local/kafka-consumer/cluster-access.ts';
import { startBroker } from './kafka/broker.ts';
import { findPrograms } from './kafka/programs.ts';

/** The other ways into a broker, `host:port` each; `certificate` is the PEM of both TLS ports. */
export interface Doors {
  sasl: string;
  tls: string;
  saslTls: string;
  certificate: string;
}

/**
 * The cluster that the suite runs on.
 *
 * `brokers` take plain connections. `doors` are there when the suite has started the broker; null
 * when KAFKA_BROKERS has named it.
 */
export interface Cluster {
  name: string;
  brokers: readonly string[];
  doors: Doors | null;
  /** Why there are no doors; null where there are. */
  noDoors: string | null;
}

declare module 'vitest' {
  interface ProvidedContext {
    cluster: Cluster;
  }
}

/** Finds or starts the cluster before the first test, and ends it after the last. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const named = (process.env['KAFKA_BROKERS'] ?? '').split(',').filter((broker) => broker !== '');
  if (named.length > 0) {
    const noDoors = 'the broker that KAFKA_BROKERS names is not of the tests';
    project.provide('cluster', { name: 'KAFKA_BROKERS', brokers: named, doors: null, noDoors });
    return async () => undefined;
  }
  const programs = await findPrograms();
  const broker = await startBroker(programs);
  const { plain, sasl, tls, saslTls } = broker.ports;
  const at = (port: number) => `localhost:${port}`;
  const { certificate } = broker;
  const doors = { sasl: at(sasl), tls: at(tls), saslTls: at(saslTls), certificate };
  project.provide('cluster', {
    ...{ name: programs.name, brokers: [at(plain)], doors },
    noDoors: null,
  });
  process.stdout.write(`\n Kafka  ${programs.name}, on ${at(plain)}\n`);
  return () => broker.stop();
}

/** The cluster of the suite, inside a test. */
export const cluster = (): Cluster => inject('cluster');

/** Plain access to `brokers`. */
export const plainAccess = (brokers: readonly string[]): ClusterAccess => ({
  brokers,
  tls: null,
  sasl: null,
});
