import { misspeltSettings } from '../../infra/misspelt.ts';
import type { ClusterAccess } from '../../local/kafka-consumer/cluster-access.ts';
import {
  type ClusterOptionValues,
  clusterOptionTypes,
  readAccess,
} from '../../local/runner/cluster-options.ts';
import { readRegistryLogin, type Variables } from '../../local/runner/logins.ts';
import { readNumber } from '../../local/runner/option-values.ts';
import { type Config, readConfig } from '../../src/config/config.ts';
import type { RegistryLogin } from '../../src/decode/registry/authorized-get.ts';
import { parseCommandLine } from '../command-line.ts';

/** What `--help` prints. */
export const usage = `Usage: npm run try -- --transform EXPRESSION < records.jsonl
       npm run try -- --transform EXPRESSION --brokers HOST:PORT[,...] --topic NAME

Shows what each record becomes: the cells of its row, or why it has none. Nothing is written.

  --transform EXPRESSION   JSONata, the setting TRANSFORM
  --records FILE           records, instead of standard input
  --brokers, --topic       the newest records of a topic; no group is joined
  --limit COUNT            how many of them, 1 to 1000 (default: 10)
  --tls, --ca FILE, --sasl MECHANISM, --username NAME, --token-file FILE, --region REGION
                           as for npm run local; the password is KAFKA_PASSWORD
  --help                   show this help

A line is a record {"key": "…", "value": …, "headers": {"name": "text"}, "topic": "…"}, or its value
alone. Other settings, such as FIELD_MAP, TOMBSTONES, SCHEMA_REGISTRY_URL, GLUE_SCHEMA_REGISTRY and
SALESFORCE_OPERATION, are read from the environment; the login of a registry from
SCHEMA_REGISTRY_USER and SCHEMA_REGISTRY_PASSWORD. Fields are not compared with an object.`;

/** Where the records are. */
export type RecordsFrom =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'input' }
  | {
      readonly kind: 'topic';
      readonly access: ClusterAccess;
      readonly topic: string;
      readonly limit: number;
    };

/** What to show. */
export interface TryOptions {
  readonly from: RecordsFrom;
  readonly config: Config;
  /** Null: a registry without a login, or none. */
  readonly registryLogin: RegistryLogin | null;
}

/** Settings that a preview does not use. */
const unused = {
  SALESFORCE_OBJECT: 'Contact',
  SALESFORCE_URI: 'https://preview.my.salesforce.com',
  SALESFORCE_SECRET_ID: 'none',
};

/** Options that say how a topic is read. */
const forTopics = { limit: { type: 'string' }, ...clusterOptionTypes } as const;

const optionTypes = {
  transform: { type: 'string' },
  records: { type: 'string' },
  topic: { type: 'string' },
  ...forTopics,
  help: { type: 'boolean', short: 'h' },
} as const;

/**
 * Parses the command line; null when it requests help. Throws Error for an unknown or wrong option,
 * and `CONFIG_INVALID`.
 */
export function readTryOptions(args: readonly string[], variables: Variables): TryOptions | null {
  const { values } = parseCommandLine('try', { args: [...args], options: optionTypes });
  if (values.help) return null;
  const given = values.transform === undefined ? {} : { TRANSFORM: values.transform };
  const { SCHEMA_REGISTRY_USER, SCHEMA_REGISTRY_PASSWORD, ...settings } = variables;
  for (const [name, meant] of misspeltSettings(Object.keys(settings))) {
    throw new Error(`${name} is not a setting of the function; did you mean ${meant}?`);
  }
  return {
    from: readSource(values, variables),
    config: readConfig({ ...unused, ...settings, ...given }),
    registryLogin: readRegistryLogin({ SCHEMA_REGISTRY_USER, SCHEMA_REGISTRY_PASSWORD }),
  };
}

function readSource(
  values: ClusterOptionValues & { topic?: string; records?: string; limit?: string },
  variables: Variables,
): RecordsFrom {
  const { brokers, topic, records, limit = '10' } = values;
  if (brokers === undefined && topic === undefined) {
    refuseIdle({ ...values });
    return records === undefined ? { kind: 'input' } : { kind: 'file', path: records };
  }
  if (records !== undefined) throw new Error('--records and --topic are both set: choose one.');
  if (topic === undefined) throw new Error('--brokers needs --topic, the topic to read.');
  const access = readAccess(values, variables);
  return { kind: 'topic', access, topic, limit: readNumber('--limit', limit, [1, 1000]) };
}

/** Throws Error for options that would do nothing: all records of a file are shown. */
function refuseIdle(values: Readonly<Record<string, unknown>>): void {
  const idle = Object.keys(forTopics).filter((name) => values[name] ?? false);
  if (idle.length === 0) return;
  const names = idle.map((name) => `--${name}`).join(', ');
  throw new Error(`No topic is read: leave out ${names}, or name --brokers and --topic.`);
}
