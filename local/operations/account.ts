import { type Emulator, startEmulator } from '../../emulator/src/emulator.ts';
import type { Pace } from '../../emulator/src/job/pace.ts';
import { type ErrantQueue, startErrantQueue } from '../aws/errant-queue.ts';
import { type Functions, startFunctions } from '../aws/functions.ts';
import { type LedgerTable, startLedgerTable } from '../aws/ledger-table.ts';
import { localClient } from '../aws/local-client.ts';
import { type SecretsManager, startSecretsManager } from '../aws/secrets-manager.ts';
import { builtFunction } from '../lambda-runtime/built-function.ts';
import type { FunctionSettings } from '../lambda-runtime/function-settings.ts';

/** An AWS account with one sink in it, and the org that it writes into; all on this machine. */
export interface LocalAccount {
  emulator: Emulator;
  queue: ErrantQueue;
  ledger: LedgerTable;
  secrets: SecretsManager;
  functions: Functions;
  /** The sink's settings as they are deployed. */
  sink: FunctionSettings;
  /** What SDK clients need to reach Lambda and SQS here. */
  clients: { lambda: LocalClient; sqs: LocalClient };
  close(): Promise<void>;
}

type LocalClient = typeof localClient & { endpoint: string };

const prefix = 'msk-salesforce-sink-local';
/** The functions of the account. */
export const localNames = { sink: `${prefix}-contacts`, doctor: `${prefix}-doctor` } as const;

const secretName = 'msk-salesforce-sink/local/salesforce';
const clientCredentials = { clientId: 'local-client', clientSecret: 'local-secret' };

interface Standing {
  emulator: Emulator;
  secrets: SecretsManager;
  ledger: LedgerTable;
  queue: ErrantQueue;
}

/**
 * Starts the stand-ins, and deploys the built functions on them: a sink of contacts, with `settings`
 * of its own, and the doctor.
 */
export async function startAccount(
  settings: Readonly<Record<string, string>> = {},
  pace: Partial<Pace> = {},
): Promise<LocalAccount> {
  const standing = {
    emulator: await startEmulator({ pace }),
    secrets: await startSecretsManager({ [secretName]: JSON.stringify(clientCredentials) }),
    ledger: await startLedgerTable(),
    queue: await startErrantQueue(),
  };
  const functions = await startFunctions(() => undefined);
  const access = { ...awsAccess(standing), AWS_ENDPOINT_URL_LAMBDA: functions.url };
  const sink = deployed('sink', { ...access, ...sinkSettings(standing), ...settings });
  functions.deploy(sink);
  functions.deploy(deployed('doctor', access));
  return {
    ...{ ...standing, functions, sink },
    clients: {
      lambda: { ...localClient, endpoint: functions.url },
      sqs: { ...localClient, endpoint: standing.queue.url },
    },
    async close() {
      await functions.close();
      await Promise.all(Object.values(standing).map((server) => server.close()));
    },
  };
}

function deployed(
  module: keyof typeof localNames,
  environment: Readonly<Record<string, string>>,
): FunctionSettings {
  return builtFunction({
    ...{ module, environment },
    functionName: localNames[module],
    timeoutMs: 60_000,
  });
}

const awsAccess = ({ secrets, ledger, queue }: Standing) => ({
  AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.url,
  AWS_ENDPOINT_URL_DYNAMODB: ledger.url,
  AWS_ENDPOINT_URL_SQS: queue.url,
});

const sinkSettings = ({ emulator, ledger, queue }: Standing) => ({
  SALESFORCE_OBJECT: 'Contact',
  SALESFORCE_URI: emulator.url,
  SALESFORCE_SECRET_ID: secretName,
  LEDGER_TABLE: ledger.tableName,
  ERRANT_QUEUE_URL: queue.queueUrl,
});
