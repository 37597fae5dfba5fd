import { parseArgs } from 'node:util';
import { refuseRepeated } from '../../infra/repeated.ts';
import type { RegistryLogin, SalesforceOrg } from '../environment/environment.ts';
import type { SourceRecord } from '../event-source-mapping/source-record.ts';
import type { ClusterAccess } from '../kafka-consumer/cluster-access.ts';
import type { StartingPosition } from '../kafka-consumer/positions.ts';
import { clusterOptionTypes, readAccess } from './cluster-options.ts';
import { isNpmVerbose, refuseKept } from './kept-by-npm.ts';
import { readOrg, readRegistryLogin, type Variables } from './logins.ts';
import {
  readFrom,
  readGroup,
  readList,
  readNumber,
  readSwitch,
  readView,
  type View,
} from './option-values.ts';
import { fileBatchSize, readRecordFile } from './record-file.ts';
import { UsageError } from './usage-error.ts';

/**
 * The options of every run.
 *
 * `salesforce` null is the emulator; `schemaRegistry` null is a registry without a login, or none.
 */
export interface SinkOptions {
  maxRecords: number;
  timeoutMs: number;
  object: string | null;
  operation: string | null;
  salesforce: SalesforceOrg | null;
  schemaRegistry: RegistryLogin | null;
  /** Whether the function keeps a job ledger. */
  ledger: boolean;
  verbose: boolean;
  view: View;
}

/** The options of a run on topics of a cluster. */
export interface ClusterOptions extends SinkOptions {
  access: ClusterAccess;
  topics: readonly string[];
  group: string;
  from: StartingPosition;
  windowMs: number;
  concurrency: number;
}

/** The options of a run on the records of a file. */
export interface FileOptions extends SinkOptions {
  file: string;
  records: readonly SourceRecord[];
}

/** The options of `npm run local`. */
export type RunnerOptions = ClusterOptions | FileOptions;

/** The options as `parseArgs` takes them. */
export const optionTypes = {
  file: { type: 'string' },
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
  view: { type: 'string', default: 'auto' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** Options that say how a cluster is read, in several batches at once. */
const forClusters = [
  ...Object.keys(clusterOptionTypes),
  ...['topic', 'group', 'from', 'window', 'concurrency'],
];

const nothingToRead =
  'Name what to read: --brokers and --topic, or --file. With npm run, the options come after "--".';

/**
 * Reads the command line, and the file if there is one; secrets come from the environment variables.
 * Null when help was requested.
 *
 * Throws UsageError with one line that says what is wrong, and CommandLineError for options that npm kept
 * for itself.
 */
export function readOptions(args: readonly string[], variables: Variables): RunnerOptions | null {
  refuseKept(optionTypes, args, variables);
  const { values, given } = readValues(args);
  if (values.help) return null;
  if (values.file !== undefined) return readFileOptions(values.file, { values, given, variables });
  if (given.size === 0) throw new UsageError(nothingToRead);
  return {
    access: readAccess(values, variables),
    topics: readList('--topic', values.topic, 'the topic to read'),
    group: readGroup(values.group),
    from: readFrom(values.from),
    windowMs: readNumber('--window', values.window, [0, 300]) * 1000,
    concurrency: readNumber('--concurrency', values.concurrency, [1, 100]),
    ...readSinkOptions(values, variables),
  };
}

type CommandLine = ReturnType<typeof readValues> & { variables: Variables };

function readFileOptions(file: string, { values, given, variables }: CommandLine): FileOptions {
  const refused = forClusters.filter((name) => given.has(name)).map((name) => `--${name}`);
  if (refused.length > 0) {
    throw new UsageError(`--file reads no cluster: leave out ${refused.join(', ')}.`);
  }
  const own = readSinkOptions(values, variables);
  const records = readRecordFile(file);
  const maxRecords = given.has('batch-size') ? own.maxRecords : fileBatchSize(records.length);
  return { file, records, ...own, maxRecords };
}

function readSinkOptions(values: CommandLine['values'], variables: Variables): SinkOptions {
  return {
    maxRecords: readNumber('--batch-size', values['batch-size'], [1, 10_000]),
    timeoutMs: readNumber('--timeout', values.timeout, [1, 840]) * 1000,
    object: values.object ?? null,
    operation: values.operation ?? null,
    salesforce: readOrg(values.salesforce, variables),
    schemaRegistry: readRegistryLogin(variables),
    ledger: readSwitch('--ledger', values.ledger),
    verbose: values.verbose || isNpmVerbose(variables),
    view: readView(values.view),
  };
}

function readValues(args: readonly string[]) {
  try {
    const { values, tokens } = parseArgs({ args: [...args], options: optionTypes, tokens: true });
    refuseRepeated(tokens, optionTypes);
    const given = tokens.flatMap((token) => (token.kind === 'option' ? [token.name] : []));
    return { values, given: new Set<string>(given) };
  } catch (error) {
    const [first = ''] = (error instanceof Error ? error.message : String(error)).split(/\. |\n/);
    throw new UsageError(first.replace(/\.?$/, '.'));
  }
}
