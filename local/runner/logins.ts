import { safeUrl } from '../../src/config/safe-url.ts';
import type { RegistryLogin, SalesforceOrg } from '../environment/environment.ts';
import { UsageError } from './usage-error.ts';

/** The environment variables of the command, which hold its secrets. */
export type Variables = Readonly<Record<string, string | undefined>>;

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
