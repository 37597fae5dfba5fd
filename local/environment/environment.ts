import { type SecretsManager, startSecretsManager } from '../aws/secrets-manager.ts';
import type { Servers } from './servers.ts';

/** A Salesforce org and the app that may write into it. */
export interface SalesforceOrg {
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** The login of a Schema Registry, by basic authentication. */
export interface RegistryLogin {
  readonly user: string;
  readonly password: string;
}

/** What a sink logs in to. */
export interface Logins {
  /** Null: the emulated org. */
  readonly org: SalesforceOrg | null;
  /** Null: a Schema Registry without a login, or none. */
  readonly schemaRegistry: RegistryLogin | null;
}

/** Salesforce and AWS on this machine. */
export interface Environment {
  readonly secretsManager: SecretsManager;
  readonly salesforceUrl: string;
  /** The settings by which the SDK clients of a function reach the servers. */
  readonly endpoints: Readonly<Record<string, string>>;
  /** The settings of a sink that depend on the servers, without the endpoints. */
  readonly sinkSettings: Readonly<Record<string, string>>;
  /** Stops the servers too. */
  close(): Promise<void>;
}

/** The secret with the sink's credentials. */
export const secretName = 'msk-salesforce-sink/local/salesforce';

/** The app that an emulated org has from the start. */
export const emulatorApp = { clientId: 'local-client', clientSecret: 'local-secret' };

/** Adds Secrets Manager to `servers`, with the secret for `logins`, and connects a sink to all. */
export async function startEnvironment<S extends Servers>(
  servers: S,
  logins: Logins = { org: null, schemaRegistry: null },
): Promise<Environment & S> {
  const { emulator, ledgerTable, errantQueue } = servers;
  const org = logins.org ?? { url: emulator?.url ?? '', ...emulatorApp };
  const secret = secretText(org, logins.schemaRegistry);
  const secretsManager = await startSecretsManager({ [secretName]: secret });
  return {
    ...servers,
    secretsManager,
    salesforceUrl: org.url,
    endpoints: {
      AWS_ENDPOINT_URL_SECRETS_MANAGER: secretsManager.url,
      ...(ledgerTable && { AWS_ENDPOINT_URL_DYNAMODB: ledgerTable.url }),
      ...(errantQueue && { AWS_ENDPOINT_URL_SQS: errantQueue.url }),
    },
    sinkSettings: {
      SALESFORCE_URI: org.url,
      SALESFORCE_SECRET_ID: secretName,
      ...(ledgerTable && { LEDGER_TABLE: ledgerTable.tableName }),
      ...(errantQueue && { ERRANT_QUEUE_URL: errantQueue.queueUrl }),
    },
    async close() {
      const started = [emulator, secretsManager, ledgerTable, errantQueue];
      await Promise.all(started.map((server) => server?.close()));
    },
  };
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
