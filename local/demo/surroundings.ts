import { type Emulator, startEmulator } from '../../emulator/src/emulator.ts';
import { type ErrantQueue, startErrantQueue } from '../aws/errant-queue.ts';
import { type LedgerTable, startLedgerTable } from '../aws/ledger-table.ts';
import { startSecretsManager } from '../aws/secrets-manager.ts';
import { builtFunction } from '../lambda-runtime/built-function.ts';
import type { FunctionSettings } from '../lambda-runtime/function-settings.ts';

/** What stands in for AWS and Salesforce, and the settings of a function between the two. */
export interface Surroundings {
  emulator: Emulator;
  ledger: LedgerTable;
  errantQueue: ErrantQueue;
  functionSettings: FunctionSettings;
  close(): Promise<void>;
}

const secretName = 'msk-salesforce-sink/demo/salesforce';
const clientCredentials = { clientId: 'local-client', clientSecret: 'local-secret' };

/** Starts the stand-ins. `timeoutMs` is the function's; an org works at the pace of `pace`. */
export async function startSurroundings(
  timeoutMs: number,
  pace: { queueMs: number; chunkMs: number; replyMs: number },
): Promise<Surroundings> {
  const emulator = await startEmulator({ pace });
  const secretsManager = await startSecretsManager({
    [secretName]: JSON.stringify(clientCredentials),
  });
  const ledger = await startLedgerTable();
  const errantQueue = await startErrantQueue();
  return {
    ...{ emulator, ledger, errantQueue },
    functionSettings: builtFunction({
      module: 'sink',
      functionName: 'msk-salesforce-sink-demo-sink',
      timeoutMs,
      environment: {
        SALESFORCE_OBJECT: 'Contact',
        SALESFORCE_URI: emulator.url,
        SALESFORCE_SECRET_ID: secretName,
        LEDGER_TABLE: ledger.tableName,
        ERRANT_QUEUE_URL: errantQueue.queueUrl,
        ERRORS_TOLERANCE: 'all',
        AWS_ENDPOINT_URL_SECRETS_MANAGER: secretsManager.url,
        AWS_ENDPOINT_URL_DYNAMODB: ledger.url,
        AWS_ENDPOINT_URL_SQS: errantQueue.url,
      },
    }),
    async close() {
      const servers = [emulator, secretsManager, ledger, errantQueue];
      await Promise.all(servers.map((server) => server.close()));
    },
  };
}
