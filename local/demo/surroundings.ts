import { fileURLToPath } from 'node:url';
import { type SecretsManager, startSecretsManager } from '../aws/secrets-manager.ts';
import type { FunctionSettings } from '../event-source/function-settings.ts';
import { type Emulator, startEmulator } from '../salesforce/emulator.ts';

/** What stands in for AWS and Salesforce, and the settings of a function between the two. */
export type Surroundings = {
  emulator: Emulator;
  secretsManager: SecretsManager;
  functionSettings: FunctionSettings;
  close(): Promise<void>;
};

const SECRET_NAME = 'msk-salesforce-sink/demo/salesforce';
const SECRET = { clientId: 'local-client', clientSecret: 'local-secret' };

/** Starts the stand-ins. `timeoutMs` is the function's; an org works at the pace of `pace`. */
export async function startSurroundings(
  timeoutMs: number,
  pace: { queueMs: number; chunkMs: number; replyMs: number },
): Promise<Surroundings> {
  const emulator = await startEmulator({ pace });
  const secretsManager = await startSecretsManager({ [SECRET_NAME]: JSON.stringify(SECRET) });
  return {
    emulator,
    secretsManager,
    functionSettings: {
      functionName: 'msk-salesforce-sink-demo-sink',
      modulePath: fileURLToPath(new URL('../../dist/sink.mjs', import.meta.url)),
      handlerName: 'handler',
      timeoutMs,
      memoryMb: 512,
      environment: environmentFor(emulator.url, secretsManager.url),
    },
    async close() {
      await Promise.all([emulator.close(), secretsManager.close()]);
    },
  };
}

/** The environment of the deployed function, and what leads the SDK to the stand-in. */
function environmentFor(salesforceUrl: string, secretsUrl: string): Record<string, string> {
  return {
    SALESFORCE_OBJECT: 'Contact',
    SALESFORCE_URI: salesforceUrl,
    SALESFORCE_SECRET_ID: SECRET_NAME,
    ERRORS_TOLERANCE: 'all',
    NODE_OPTIONS: '--enable-source-maps',
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_SECRETS_MANAGER: secretsUrl,
  };
}
