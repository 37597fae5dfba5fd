import { misspeltSettings } from '../../infra/misspelt.ts';
import { readConfig } from '../../src/config/config.ts';
import { settings } from '../../src/config/settings.ts';
import type { Variables } from './logins.ts';
import type { SinkOptions } from './options.ts';
import { UsageError } from './usage-error.ts';

/** Settings that the options decide here. */
const setByOptions = ['SALESFORCE_URI', 'SALESFORCE_SECRET_ID'];

/** Environment variables of this command that are no settings of the function. */
const notSettings = [
  'SALESFORCE_CLIENT_ID',
  'SALESFORCE_CLIENT_SECRET',
  'SCHEMA_REGISTRY_USER',
  'SCHEMA_REGISTRY_PASSWORD',
];

/** Stores for the check of the settings, which runs before any store is started. */
const placeholders = { ERRANT_QUEUE_URL: 'http://localhost/errant', LEDGER_TABLE: 'ledger' };

/**
 * The function's settings, checked as the function itself checks them; without those that depend on
 * the org, the secret and the stores.
 *
 * Throws UsageError when a setting is wrong, with every problem on a line.
 */
export function functionEnvironment(
  options: SinkOptions,
  variables: Variables,
): Record<string, string> {
  const refused = setByOptions.find((name) => (variables[name] ?? '') !== '');
  if (refused !== undefined) {
    throw new UsageError(`${refused} is set: name the org with --salesforce, and unset it.`);
  }
  const [misspelt] = misspeltSettings(
    Object.keys(variables).filter((name) => !notSettings.includes(name)),
  );
  if (misspelt !== undefined) {
    const [name, meant] = misspelt;
    throw new UsageError(`${name} is not a setting of the function; did you mean ${meant}?`);
  }
  const { object, operation, salesforce, ledger } = options;
  const chosen = {
    SALESFORCE_OBJECT: 'Contact',
    ...settingsIn(variables),
    ...(object === null ? {} : { SALESFORCE_OBJECT: object }),
    ...(operation === null ? {} : { SALESFORCE_OPERATION: operation }),
  };
  const { LEDGER_TABLE, ...otherPlaceholders } = placeholders;
  check({
    ...chosen,
    ...otherPlaceholders,
    ...(ledger ? { LEDGER_TABLE } : {}),
    SALESFORCE_SECRET_ID: 'secret',
    SALESFORCE_URI: salesforce?.url ?? 'http://localhost',
  });
  return chosen;
}

/** Every variable with the prefix of a setting, so that a misspelt setting is refused. */
function settingsIn(variables: Variables): Record<string, string> {
  const prefixes = new Set(Object.keys(settings).map((name) => name.split('_', 1).join('')));
  const excluded = [...notSettings, ...Object.keys(placeholders)];
  const found = Object.entries(variables).flatMap(([name, value]) =>
    prefixes.has(name.split('_', 1).join('')) && !excluded.includes(name) && value
      ? [[name, value] as const]
      : [],
  );
  return Object.fromEntries(found);
}

function check(environment: Record<string, string>): void {
  try {
    readConfig(environment);
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}
