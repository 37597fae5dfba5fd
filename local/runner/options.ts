import { parseArgs } from 'node:util';
import type { RegistryLogin, SalesforceOrg } from '../environment/environment.ts';
import type { ClusterAccess } from '../kafka-consumer/cluster-access.ts';
import type { StartingPosition } from '../kafka-consumer/positions.ts';
import { clusterOptionTypes, readAccess } from './cluster-options.ts';
import { readOrg, readRegistryLogin, type Variables } from './logins.ts';
import { readFrom, readGroup, readList, readNumber, readSwitch } from './option-values.ts';
import { UsageError } from './usage-error.ts';

/**
 * The options of `npm run local`.
 *
 * `salesforce` null is the emulator; `schemaRegistry` null is a registry without a login, or none.
 */
export interface RunnerOptions {
  access: ClusterAccess;
  topics: readonly string[];
  group: string;
  from: StartingPosition;
  maxRecords: number;
  windowMs: number;
  timeoutMs: number;
  concurrency: number;
  object: string | null;
  operation: string | null;
  salesforce: SalesforceOrg | null;
  schemaRegistry: RegistryLogin | null;
  /** Whether the function keeps a job ledger. */
  ledger: boolean;
  verbose: boolean;
}

/** The options as `parseArgs` takes them. */
export const optionTypes = {
  ...clusterOptionTypes,
  topic: { type: 'string', multiple: true },
  group: { type: 'string', default: 'msk-salesforce-sink-local' },
  from: { type: 'string', default: 'TRIM_HORIZON' },
  'batch-size': { type: 'string', default: '10000' },
  window: { type: 'string', default: '5' },
  timeout: { type: 'string', default: '840' },
  concurrency: { type: 'string', default: '2' },
  object: { type: 'string' },
  operation: { type: 'string' },
  salesforce: { type: 'string' },
  ledger: { type: 'string', default: 'on' },
  verbose: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/**
 * Reads the command line; secrets come from the environment variables. Null when help was requested.
 *
 * Throws UsageError with one line that says what is wrong.
 */
export function readOptions(args: readonly string[], variables: Variables): RunnerOptions | null {
  const values = readValues(args);
  if (values.help) return null;
  return {
    access: readAccess(values, variables),
    topics: readList('--topic', values.topic, 'the topic to read'),
    group: readGroup(values.group),
    from: readFrom(values.from),
    maxRecords: readNumber('--batch-size', values['batch-size'], [1, 10_000]),
    windowMs: readNumber('--window', values.window, [0, 300]) * 1000,
    timeoutMs: readNumber('--timeout', values.timeout, [1, 840]) * 1000,
    concurrency: readNumber('--concurrency', values.concurrency, [1, 100]),
    object: values.object ?? null,
    operation: values.operation ?? null,
    salesforce: readOrg(values.salesforce, variables),
    schemaRegistry: readRegistryLogin(variables),
    ledger: readSwitch('--ledger', values.ledger),
    verbose: values.verbose,
  };
}

function readValues(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: optionTypes }).values;
  } catch (error) {
    const [first = ''] = (error instanceof Error ? error.message : String(error)).split(/\. |\n/);
    throw new UsageError(first.replace(/\.?$/, '.'));
  }
}
