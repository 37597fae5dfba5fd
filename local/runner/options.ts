import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { ClusterAccess } from '../kafka-consumer/cluster-access.ts';
import type { StartingPosition } from '../kafka-consumer/positions.ts';
import {
  type Environment,
  type RegistryLogin,
  readOrg,
  readRegistryLogin,
  readSasl,
  type SalesforceOrg,
} from './logins.ts';
import { UsageError } from './usage-error.ts';

/**
 * What `npm run local` was asked for.
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

/** The options as Node.js reads them. */
export const optionTypes = {
  brokers: { type: 'string', multiple: true },
  topic: { type: 'string', multiple: true },
  group: { type: 'string', default: 'msk-salesforce-sink-local' },
  from: { type: 'string', default: 'TRIM_HORIZON' },
  'batch-size': { type: 'string', default: '10000' },
  window: { type: 'string', default: '5' },
  timeout: { type: 'string', default: '840' },
  concurrency: { type: 'string', default: '2' },
  sasl: { type: 'string' },
  username: { type: 'string' },
  tls: { type: 'boolean', default: false },
  ca: { type: 'string' },
  object: { type: 'string' },
  operation: { type: 'string' },
  salesforce: { type: 'string' },
  ledger: { type: 'string', default: 'on' },
  verbose: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

type Values = ReturnType<typeof readValues>;

/**
 * Reads the command line; secrets come from the environment.
 *
 * Returns null when help was asked for.
 *
 * Throws UsageError with one line that says what is wrong.
 */
export function readOptions(
  args: readonly string[],
  environment: Environment,
): RunnerOptions | null {
  const values = readValues(args);
  if (values.help) return null;
  return {
    access: {
      brokers: readBrokers(values.brokers),
      tls: readTls(values),
      sasl: readSasl(values, environment),
    },
    topics: readList('--topic', values.topic, 'the topic to read'),
    group: readGroup(values.group),
    from: readFrom(values.from),
    maxRecords: readNumber('--batch-size', values['batch-size'], [1, 10_000]),
    windowMs: readNumber('--window', values.window, [0, 300]) * 1000,
    timeoutMs: readNumber('--timeout', values.timeout, [1, 840]) * 1000,
    concurrency: readNumber('--concurrency', values.concurrency, [1, 100]),
    object: values.object ?? null,
    operation: values.operation ?? null,
    salesforce: readOrg(values.salesforce, environment),
    schemaRegistry: readRegistryLogin(environment),
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

function readList(option: string, given: readonly string[] | undefined, what: string): string[] {
  const list = (given ?? []).flatMap((text) => text.split(',')).map((text) => text.trim());
  const names = [...new Set(list.filter((name) => name !== ''))];
  if (names.length > 0) return names;
  throw new UsageError(
    `${option} is missing: name ${what}. With npm run, the options come after "--".`,
  );
}

function readBrokers(given: readonly string[] | undefined): string[] {
  const brokers = readList('--brokers', given, 'a broker as host:port');
  for (const broker of brokers) {
    const port = Number(/^[^\s:/]+:(\d+)$|^\[[\da-f:.]+\]:(\d+)$/i.exec(broker)?.slice(1).join(''));
    if (!(port >= 1 && port <= 65_535)) {
      throw new UsageError(`--brokers takes host:port, such as localhost:9092, not "${broker}".`);
    }
  }
  return brokers;
}

/** The ranges of a consumer group id (AWS Lambda API, ConsumerGroupId). */
function readGroup(group: string): string {
  if (/^[\w/*:+=.@-]{1,200}$/.test(group)) return group;
  throw new UsageError('--group takes 1 to 200 letters, digits and -/*:_+=.@ characters.');
}

const startingPositions: Readonly<Record<string, StartingPosition>> = {
  trim_horizon: 'TRIM_HORIZON',
  earliest: 'TRIM_HORIZON',
  latest: 'LATEST',
};

function readFrom(text: string): StartingPosition {
  const from = startingPositions[text.toLowerCase()];
  if (from !== undefined) return from;
  throw new UsageError(`--from takes TRIM_HORIZON (or earliest) or LATEST, not "${text}".`);
}

function readNumber(option: string, text: string, range: readonly [number, number]): number {
  const number = Number(text);
  const [least, most] = range;
  if (/^\d+$/.test(text) && number >= least && number <= most) return number;
  throw new UsageError(`${option} takes a whole number from ${least} to ${most}, not "${text}".`);
}

function readSwitch(option: string, text: string): boolean {
  if (text === 'on' || text === 'off') return text === 'on';
  throw new UsageError(`${option} takes on or off, not "${text}".`);
}

function readTls({ tls, ca }: Values): ClusterAccess['tls'] {
  if (ca === undefined) return tls ? { ca: null } : null;
  if (!tls) throw new UsageError('--ca is for TLS: add --tls.');
  try {
    return { ca: readFileSync(ca, 'utf8') };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(`--ca cannot read ${ca} (${code}).`);
  }
}
