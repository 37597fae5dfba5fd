import { isLoopback } from '../../src/config/safe-url.ts';
import type { Variables } from './logins.ts';
import { UsageError } from './usage-error.ts';

/** The settings of a store that another process on this machine serves. */
type StoreSettings = Readonly<Record<string, string>>;

/** The stores that the environment variables name; null: the run starts its own. */
export interface ExternalStores {
  readonly ledger: StoreSettings | 'off' | null;
  readonly errantQueue: StoreSettings | null;
}

const ledgerVariables = ['LEDGER_TABLE', 'AWS_ENDPOINT_URL_DYNAMODB'] as const;
const queueVariables = ['ERRANT_QUEUE_URL', 'AWS_ENDPOINT_URL_SQS'] as const;

/**
 * Reads which stores the environment variables name.
 *
 * They must run on this machine, such as DynamoDB Local: the function has no keys of an AWS account
 * here, and a local run must not touch the ledger of a deployed sink.
 *
 * Throws UsageError for any other store, and for a ledger that is both named and switched off.
 */
export function readExternalStores(ledgerOn: boolean, variables: Variables): ExternalStores {
  const ledger = readStore(ledgerVariables, variables);
  if (!ledgerOn && ledger !== null) {
    throw new UsageError('LEDGER_TABLE is set, and --ledger is off: leave out one of them.');
  }
  return { ledger: ledgerOn ? ledger : 'off', errantQueue: readStore(queueVariables, variables) };
}

/** The function's settings for the stores that were named. */
export function externalSettings({ ledger, errantQueue }: ExternalStores): StoreSettings {
  return { ...(ledger === 'off' ? {} : ledger), ...errantQueue };
}

function readStore(
  [setting, endpointName]: readonly [string, string],
  variables: Variables,
): StoreSettings | null {
  const value = variables[setting] ?? '';
  if (value === '') return null;
  const endpoint = variables[endpointName] ?? '';
  const url = URL.parse(endpoint);
  if (url?.protocol === 'http:' && isLoopback(url.hostname)) {
    return { [setting]: value, [endpointName]: endpoint };
  }
  throw new UsageError(
    `${setting} is set, but ${endpointName} is no address on this machine, such as ` +
      'http://localhost:8000. A local run uses no AWS account: unset it, and the run starts its own.',
  );
}
