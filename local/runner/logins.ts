// The logins of a run: names are options, secrets are in the environment. Each throws a UsageError
// with one line that says what is missing.
import { safeUrl } from '../../src/config/safe-url.ts';
import type { Sasl } from '../kafka-consumer/cluster-access.ts';
import { UsageError } from './usage-error.ts';

/** The environment of the command. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A Salesforce org and the app that may write into it. */
export interface SalesforceOrg {
  url: string;
  clientId: string;
  clientSecret: string;
}

/** The login of a Schema Registry, by basic authentication. */
export interface RegistryLogin {
  user: string;
  password: string;
}

const mechanisms = ['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512'] as const;

/** The login of a Kafka cluster; null: it wants none. */
export function readSasl(
  { sasl, username }: { sasl?: string | undefined; username?: string | undefined },
  environment: Environment,
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
  const password = environment['KAFKA_PASSWORD'] ?? '';
  if (password !== '') return { mechanism, username, password };
  throw new UsageError('--sasl needs the password in the environment variable KAFKA_PASSWORD.');
}

/** The org at this URL; null: no URL, so the emulator. */
export function readOrg(text: string | undefined, environment: Environment): SalesforceOrg | null {
  if (text === undefined) return null;
  const url = safeUrl(text);
  if (url === null) {
    throw new UsageError(
      '--salesforce takes the https URL of an org (http for this machine only).',
    );
  }
  const clientId = environment['SALESFORCE_CLIENT_ID'] ?? '';
  const clientSecret = environment['SALESFORCE_CLIENT_SECRET'] ?? '';
  if (clientId !== '' && clientSecret !== '') return { url, clientId, clientSecret };
  throw new UsageError(
    '--salesforce needs SALESFORCE_CLIENT_ID and SALESFORCE_CLIENT_SECRET in the environment.',
  );
}

/** The login of the Schema Registry; null: it wants none. */
export function readRegistryLogin(environment: Environment): RegistryLogin | null {
  const user = environment['SCHEMA_REGISTRY_USER'] ?? '';
  const password = environment['SCHEMA_REGISTRY_PASSWORD'] ?? '';
  if (user !== '' && password !== '') return { user, password };
  if (user === '' && password === '') return null;
  throw new UsageError('SCHEMA_REGISTRY_USER and SCHEMA_REGISTRY_PASSWORD are needed together.');
}
