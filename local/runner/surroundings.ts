import { type Emulator, startEmulator } from '../../emulator/src/emulator.ts';
import { PACES } from '../../emulator/src/job/pace.ts';
import type { ErrantQueue } from '../aws/errant-queue.ts';
import { startSecretsManager } from '../aws/secrets-manager.ts';
import { builtFunction } from '../lambda-runtime/built-function.ts';
import type { FunctionSettings } from '../lambda-runtime/function-settings.ts';
import { functionEnvironment } from './function-environment.ts';
import type { Environment, RegistryLogin, SalesforceOrg } from './logins.ts';
import type { RunnerOptions } from './options.ts';
import { type GivenStores, readStores, startStores } from './stores.ts';

/**
 * What the function works with.
 *
 * `emulator` null: a real org takes its place. `errantQueue` null: the environment names another.
 * `ledger` says for a person which one there is.
 */
export interface Surroundings {
  emulator: Emulator | null;
  errantQueue: ErrantQueue | null;
  ledger: string;
  salesforceUrl: string;
  object: string;
  functionSettings: FunctionSettings;
  close(): Promise<void>;
}

const secretName = 'msk-salesforce-sink/local/salesforce';

/**
 * Starts what stands in for the cloud, and settles what the function is given.
 *
 * Throws UsageError when a setting of the function is wrong, with every problem on a line.
 */
export async function startSurroundings(
  options: RunnerOptions,
  environment: Environment,
): Promise<Surroundings> {
  const chosen = functionEnvironment(options, environment);
  const given = readStores(options.ledger, environment);
  const emulator =
    options.salesforce === null ? await startEmulator({ pace: PACES.lifelike }) : null;
  const org = options.salesforce ?? emulatorOrg(emulator?.url ?? '');
  const secret = secretText(org, options.schemaRegistry);
  const secretsManager = await startSecretsManager({ [secretName]: secret });
  const stores = await startStores(given);
  const { errantQueue } = stores;
  const sinkSettings = {
    ...chosen,
    SALESFORCE_URI: org.url,
    SALESFORCE_SECRET_ID: secretName,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: secretsManager.url,
    ...stores.environment,
  };
  return {
    ...{ emulator, errantQueue, ledger: ledgerText(given) },
    salesforceUrl: org.url,
    object: chosen['SALESFORCE_OBJECT'] ?? '',
    functionSettings: builtFunction({
      module: 'sink',
      functionName: 'msk-salesforce-sink-local-sink',
      timeoutMs: options.timeoutMs,
      environment: sinkSettings,
    }),
    async close() {
      await Promise.all([emulator?.close(), secretsManager.close(), stores.close()]);
    },
  };
}

function emulatorOrg(url: string): SalesforceOrg {
  return { url, clientId: 'local-client', clientSecret: 'local-secret' };
}

/** The secret as `npm run secret` stores it. */
function secretText(
  { clientId, clientSecret }: SalesforceOrg,
  registry: RegistryLogin | null,
): string {
  const login = registry && {
    schemaRegistryUser: registry.user,
    schemaRegistryPassword: registry.password,
  };
  return JSON.stringify({ clientId, clientSecret, ...login });
}

function ledgerText({ ledger }: GivenStores): string {
  if (ledger === 'off') return 'off';
  if (ledger === null) return 'on, empty at the start of each run';
  return `${ledger['LEDGER_TABLE']} at ${ledger['AWS_ENDPOINT_URL_DYNAMODB']}`;
}
