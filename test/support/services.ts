import { type Emulator, startEmulator } from 'salesforce-bulk-emulator';
import { afterAll, beforeEach } from 'vitest';
import { type ErrantQueue, startErrantQueue } from '../../local/aws/errant-queue.ts';
import { type LedgerTable, startLedgerTable } from '../../local/aws/ledger-table.ts';
import { startSecretsManager } from '../../local/aws/secrets-manager.ts';
import { type FaultProxy, startFaultProxy } from './fault-proxy/fault-proxy.ts';

/** The services that a sink calls. */
export type ServiceName = 'salesforce' | 'secrets' | 'ledger' | 'queue';

/** The services of a sink, each behind a proxy that can inject faults. */
export interface Services {
  readonly org: Emulator;
  readonly table: LedgerTable;
  readonly queue: ErrantQueue;
  readonly proxies: Readonly<Record<ServiceName, FaultProxy>>;
  close(): Promise<void>;
}

/** The secret with the credentials of the org. */
export const secretId = 'dev/salesforce';
const secretText = JSON.stringify({ clientId: 'local-client', clientSecret: 'local-secret' });

/** Starts the services. */
export async function startServices(): Promise<Services> {
  const org = await startEmulator();
  const secrets = await startSecretsManager({ [secretId]: secretText });
  const table = await startLedgerTable();
  const queue = await startErrantQueue();
  const proxies = {
    salesforce: await startFaultProxy(org.url, { rewriteOrigin: true }),
    secrets: await startFaultProxy(secrets.url),
    ledger: await startFaultProxy(table.url),
    queue: await startFaultProxy(queue.url),
  };
  return {
    ...{ org, table, queue, proxies },
    async close() {
      await Promise.all(Object.values(proxies).map((proxy) => proxy.close()));
      await Promise.all([org, secrets, table, queue].map((server) => server.close()));
    },
  };
}

/** Starts services for the tests of a file, with an empty org before each test. */
export async function useServices(): Promise<Services> {
  const services = await startServices();
  beforeEach(() => services.org.reset());
  afterAll(() => services.close());
  return services;
}
