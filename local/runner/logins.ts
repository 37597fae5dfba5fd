import { safeUrl } from '../../src/config/safe-url.ts';
import type { RegistryLogin, SalesforceOrg } from '../environment/environment.ts';
import type { Sasl } from '../kafka-consumer/cluster-access.ts';
import { UsageError } from './usage-error.ts';

/** The environment variables of the command, which hold its secrets. */
export type Variables = Readonly<Record<string, string | undefined>>;

const mechanisms = ['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512'] as const;

/** The login of a Kafka cluster; null: without authentication. Throws UsageError. */
export function readSasl(
  { sasl, username }: { sasl?: string | undefined; username?: string | undefined },
  variables: Variables,
): Sasl | null {
  if (sasl === undefined) {
    if (username === undefined) return null;
    throw new UsageError(`--username needs --sasl, one of ${mechanisms.join(', ')}.`);
  }
  const mechanism = mechanisms.find((name) => name === sasl.toUpperCase());
  if (mechanism === undefined) {
    throw new UsageError(`--sasl takes ${mechanisms.join(', ')}, not "${sasl}".`);
  }
  if (username === undefined) throw new UsageError('--sasl needs --username.');
  const password = variables['KAFKA_PASSWORD'] ?? '';
  if (password !== '') return { mechanism, username, password };
  throw new UsageError('--sasl needs the password in the environment variable KAFKA_PASSWORD.');
}

/** The org at this URL; null: no URL, so the emulator. Throws UsageError. */
export function readOrg(text: string | undefined, variables: Variables): SalesforceOrg | null {
  if (text === undefined) return null;
  const url = safeUrl(text);
  if (url === null) {
    throw new UsageError(
      '--salesforce takes the https URL of an org (http for this machine only).',
    );
  }
  const clientId = variables['SALESFORCE_CLIENT_ID'] ?? '';
  const clientSecret = variables['SALESFORCE_CLIENT_SECRET'] ?? '';
  if (clientId !== '' && clientSecret !== '') return { url, clientId, clientSecret };
  throw new UsageError(
    '--salesforce needs SALESFORCE_CLIENT_ID and SALESFORCE_CLIENT_SECRET in the environment.',
  );
}

/** The login of the Schema Registry; null: without authentication. Throws UsageError. */
export function readRegistryLogin(variables: Variables): RegistryLogin | null {
  const user = variables['SCHEMA_REGISTRY_USER'] ?? '';
  const password = variables['SCHEMA_REGISTRY_PASSWORD'] ?? '';
  if (user !== '' && password !== '') return { user, password };
  if (user === '' && password === '') return null;
  throw new UsageError('SCHEMA_REGISTRY_USER and SCHEMA_REGISTRY_PASSWORD are needed together.');
}
