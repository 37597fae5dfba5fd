import { readConfig } from '../../src/config/config.ts';
import { settings } from '../../src/config/settings.ts';
import type { Environment } from './logins.ts';
import type { RunnerOptions } from './options.ts';
import { UsageError } from './usage-error.ts';

/** Settings that say where the org and its secret are; here the options do. */
const setByOptions = ['SALESFORCE_URI', 'SALESFORCE_SECRET_ID'];

/** What is in the environment for this command, and not for the function. */
const notSettings = [
  'SALESFORCE_CLIENT_ID',
  'SALESFORCE_CLIENT_SECRET',
  'SCHEMA_REGISTRY_USER',
  'SCHEMA_REGISTRY_PASSWORD',
];

/** What takes the place of the stores while the settings are checked: neither is started yet. */
const placeholders = { ERRANT_QUEUE_URL: 'http://localhost/errant', LEDGER_TABLE: 'ledger' };

/**
 * The function's settings, checked as the function itself checks them. Where the org, the secret
 * and the stores are is left out.
 *
 * Throws UsageError when a setting is wrong, with every problem on a line.
 */
export function functionEnvironment(
  options: RunnerOptions,
  environment: Environment,
): Record<string, string> {
  const ours = setByOptions.find((name) => (environment[name] ?? '') !== '');
  if (ours !== undefined) {
    throw new UsageError(`${ours} is set: name the org with --salesforce, and unset it.`);
  }
  const { object, operation, salesforce, ledger } = options;
  const chosen = {
    SALESFORCE_OBJECT: 'Contact',
    ...settingsIn(environment),
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

/** All that looks like a setting, so that a misspelt one is found. */
function settingsIn(environment: Environment): Record<string, string> {
  const prefixes = new Set(Object.keys(settings).map((name) => name.split('_', 1).join('')));
  const elsewhere = [...notSettings, ...Object.keys(placeholders)];
  const given = Object.entries(environment).flatMap(([name, value]) =>
    prefixes.has(name.split('_', 1).join('')) && !elsewhere.includes(name) && value
      ? [[name, value] as const]
      : [],
  );
  return Object.fromEntries(given);
}

function check(environment: Record<string, string>): void {
  try {
    readConfig(environment);
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}
