import type * as z from 'zod';
import { SinkError } from './errors.ts';
import { type Setting, settings } from './settings.ts';

type Settings = typeof settings;
type Environment = Readonly<Record<string, string | undefined>>;

/** What the environment says, checked; frozen for the life of the container. */
export interface Config {
  /** API name of the object to write. */
  readonly object: string;
  readonly operation: 'insert';
  /** Where to log in. */
  readonly oauthUri: string;
  readonly secretId: string;
  readonly apiVersion: string;
  /** Retries of one HTTP call, beyond the first attempt. */
  readonly maxRetries: number;
  /** Null: none. */
  readonly assignmentRuleId: string | null;
  readonly valueFormat: z.output<Settings['VALUE_FORMAT']['schema']>;
  /** Null: there is no registry. */
  readonly schemaRegistryUrl: string | null;
  readonly uploadMode: 'auto' | 'multipart' | 'staged';
  readonly pollMaxSteps: number;
  readonly pollMaxWaitMs: number;
  readonly errorsTolerance: 'none' | 'all';
  readonly nullValues: 'empty' | 'clear';
}

/** The values of all settings, after their schemas. */
type Values = {
  readonly [Name in keyof Settings]: z.output<Settings[Name]['schema']>;
} & { readonly SALESFORCE_OAUTH_URI: string | null; readonly SCHEMA_REGISTRY_URL: string | null };

/** Beginnings that only our settings have: an unknown name with one of them is misspelt. */
const ours =
  /^(SALESFORCE|VALUE|UPLOAD|POLL|ERRORS|NULL|LEDGER|ERRANT|SCHEMA_REGISTRY|UNKNOWN|FIELD|TOMBSTONES|API_USAGE)(_|$)/;

/** What is wrong with one setting. */
class Problem {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

const shown = (value: string, hidden: boolean | undefined): string =>
  hidden ? `a value of ${value.length} characters` : JSON.stringify(value.slice(0, 80));

/** An empty variable counts as left out, as it does in every deployment tool. */
function readSetting(name: string, setting: Setting<unknown>, given: string): unknown {
  const raw = given === '' ? setting.fallback : given;
  if (raw === null) return null;
  if (raw === undefined) return new Problem(`${name} is missing; it takes ${setting.takes}`);
  const parsed = setting.schema.safeParse(raw);
  if (parsed.success) return parsed.data;
  return new Problem(`${name} got ${shown(raw, setting.hidden)}; it takes ${setting.takes}`);
}

function misspelt(environment: Environment): Problem[] {
  return Object.keys(environment)
    .filter((name) => ours.test(name) && !Object.hasOwn(settings, name))
    .map((name) => new Problem(`${name} is no setting of this function; README.md lists them`));
}

/** Powertools' and Lambda's own variables for the least level that is logged. */
const logLevels = ['POWERTOOLS_LOG_LEVEL', 'LOG_LEVEL', 'AWS_LAMBDA_LOG_LEVEL'];

/** An errant record that is skipped is told of in one ERROR line; that line must not be lost. */
function tooQuiet(environment: Environment): Problem[] {
  if (environment['ERRORS_TOLERANCE']?.trim() !== 'all') return [];
  return logLevels
    .filter((name) => /^(CRITICAL|FATAL|SILENT)$/i.test(environment[name] ?? ''))
    .map(
      (name) =>
        new Problem(
          `${name} got ${shown(environment[name] ?? '', false)}; with ERRORS_TOLERANCE=all it takes \`ERROR\` or less, since skipped records are told of in the log alone`,
        ),
    );
}

/** Avro cannot be read without the schemas that it was written with. */
function registryMissing(environment: Environment): Problem[] {
  const given = (name: string) => environment[name]?.trim() ?? '';
  if (given('VALUE_FORMAT') !== 'avro' || given('SCHEMA_REGISTRY_URL') !== '') return [];
  return [
    new Problem(
      `SCHEMA_REGISTRY_URL is missing, and VALUE_FORMAT=avro needs it; it takes ${settings.SCHEMA_REGISTRY_URL.takes}`,
    ),
  ];
}

function readSettings(environment: Environment): Values {
  const values = Object.entries(settings).map(([name, setting]) => {
    const given = environment[name]?.trim() ?? '';
    return [name, readSetting(name, setting, given)] as const;
  });
  const problems = [
    ...values.map(([, value]) => value),
    ...misspelt(environment),
    ...tooQuiet(environment),
    ...registryMissing(environment),
  ]
    .filter((value) => value instanceof Problem)
    .map(({ text }) => `- ${text}`);
  if (problems.length > 0) {
    const message = `The function's environment is wrong in ${problems.length} places:`;
    throw new SinkError('CONFIG_INVALID', [message, ...problems].join('\n'));
  }
  return Object.fromEntries(values) as unknown as Values;
}

/**
 * Reads the function's settings from its environment. Throws `CONFIG_INVALID` with every problem
 * at once, each naming the variable, what it got (hidden where it could be a secret) and what it
 * takes.
 */
export function readConfig(environment: Environment = process.env): Config {
  const values = readSettings(environment);
  return Object.freeze({
    object: values.SALESFORCE_OBJECT,
    operation: values.SALESFORCE_OPERATION,
    oauthUri: values.SALESFORCE_OAUTH_URI ?? `${values.SALESFORCE_URI}/services/oauth2/token`,
    secretId: values.SALESFORCE_SECRET_ID,
    apiVersion: values.SALESFORCE_API_VERSION,
    maxRetries: values.SALESFORCE_MAX_RETRIES,
    assignmentRuleId: values.SALESFORCE_ASSIGNMENT_RULE_ID,
    valueFormat: values.VALUE_FORMAT,
    schemaRegistryUrl: values.SCHEMA_REGISTRY_URL,
    uploadMode: values.UPLOAD_MODE,
    pollMaxSteps: values.POLL_MAX_STEPS,
    pollMaxWaitMs: values.POLL_MAX_WAIT_SECONDS * 1000,
    errorsTolerance: values.ERRORS_TOLERANCE,
    nullValues: values.NULL_VALUES,
  });
}
