import { fileURLToPath } from 'node:url';
import { readConfig } from '../../src/config.ts';
import { settings } from '../../src/settings.ts';
import { startSecretsManager } from '../aws/secrets-manager.ts';
import type { FunctionSettings } from '../event-source/function-settings.ts';
import { type Emulator, startEmulator } from '../salesforce/emulator.ts';
import { PACES } from '../salesforce/job/pace.ts';
import type { RunnerOptions, SalesforceOrg } from './options.ts';
import { UsageError } from './usage-error.ts';

/** What the function works with; `emulator` null: a real org takes its place. */
export type Surroundings = {
  emulator: Emulator | null;
  salesforceUrl: string;
  object: string;
  functionSettings: FunctionSettings;
  close(): Promise<void>;
};

type Environment = Readonly<Record<string, string | undefined>>;

const SECRET_NAME = 'msk-salesforce-sink/local/salesforce';

/**
 * Starts what stands in for the cloud, and settles what the function is given.
 *
 * @throws UsageError when a setting of the function is wrong, with every problem on a line.
 */
export async function startSurroundings(
  options: RunnerOptions,
  environment: Environment,
): Promise<Surroundings> {
  const chosen = functionEnvironment(options, environment);
  const emulator =
    options.salesforce === null ? await startEmulator({ pace: PACES.lifelike }) : null;
  const org = options.salesforce ?? emulatorOrg(emulator?.url ?? '');
  const { clientId, clientSecret } = org;
  const secret = JSON.stringify({ clientId, clientSecret });
  const secretsManager = await startSecretsManager({ [SECRET_NAME]: secret });
  return {
    emulator,
    salesforceUrl: org.url,
    object: chosen['SALESFORCE_OBJECT'] ?? '',
    functionSettings: {
      functionName: 'msk-salesforce-sink-local-sink',
      modulePath: fileURLToPath(new URL('../../dist/sink.mjs', import.meta.url)),
      handlerName: 'handler',
      timeoutMs: options.timeoutMs,
      memoryMb: 512,
      environment: {
        ...chosen,
        SALESFORCE_URI: org.url,
        NODE_OPTIONS: '--enable-source-maps',
        AWS_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: 'local',
        AWS_SECRET_ACCESS_KEY: 'local',
        AWS_ENDPOINT_URL_SECRETS_MANAGER: secretsManager.url,
      },
    },
    async close() {
      await Promise.all([emulator?.close(), secretsManager.close()]);
    },
  };
}

function emulatorOrg(url: string): SalesforceOrg {
  return { url, clientId: 'local-client', clientSecret: 'local-secret' };
}

/** Settings that say where the org and its secret are; here the options do. */
const OURS = ['SALESFORCE_URI', 'SALESFORCE_SECRET_ID'];

/** What is in the environment for this command, and not for the function. */
const NOT_SETTINGS = ['SALESFORCE_CLIENT_ID', 'SALESFORCE_CLIENT_SECRET'];

/** The function's settings, checked as the function itself checks them; the org's URL is left out. */
function functionEnvironment(
  { object, operation, salesforce }: RunnerOptions,
  environment: Environment,
): Record<string, string> {
  const ours = OURS.find((name) => (environment[name] ?? '') !== '');
  if (ours !== undefined) {
    throw new UsageError(`${ours} is set: name the org with --salesforce, and unset it.`);
  }
  const prefixes = new Set(Object.keys(settings).map((name) => name.split('_', 1).join('')));
  const given = Object.entries(environment).flatMap(([name, value]) =>
    prefixes.has(name.split('_', 1).join('')) && !NOT_SETTINGS.includes(name) && value
      ? [[name, value] as const]
      : [],
  );
  const chosen = {
    SALESFORCE_OBJECT: 'Contact',
    ERRORS_TOLERANCE: 'all',
    ...Object.fromEntries(given),
    SALESFORCE_SECRET_ID: SECRET_NAME,
    ...(object === null ? {} : { SALESFORCE_OBJECT: object }),
    ...(operation === null ? {} : { SALESFORCE_OPERATION: operation }),
  };
  check({ ...chosen, SALESFORCE_URI: salesforce?.url ?? 'http://localhost' });
  return chosen;
}

function check(environment: Record<string, string>): void {
  try {
    readConfig(environment);
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}
