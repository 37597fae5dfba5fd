import { parseArgs } from 'node:util';
import { type Config, readConfig } from '../../src/config/config.ts';

/** What `--help` prints. */
export const usage = `Usage: npm run try -- --transform EXPRESSION < records.jsonl

Shows what each record becomes: the cells of its row, or why it has none. Nothing is written.

  --transform EXPRESSION   JSONata, the setting TRANSFORM
  --records FILE           records, instead of standard input
  --help                   show this help

A line is a record {"key": "…", "value": …, "headers": {"name": "text"}, "topic": "…"}, or its value
alone. Other settings, such as FIELD_MAP, TOMBSTONES and SALESFORCE_OPERATION, are read from the
environment. Fields are not compared with an object.`;

/** What to show. */
export interface TryOptions {
  /** Null: standard input. */
  readonly file: string | null;
  readonly config: Config;
}

/** Settings that a preview does not use. */
const unused = {
  SALESFORCE_OBJECT: 'Contact',
  SALESFORCE_URI: 'https://preview.my.salesforce.com',
  SALESFORCE_SECRET_ID: 'none',
};

/**
 * Parses the command line; null when it requests help. Throws Error for an unknown option, and
 * `CONFIG_INVALID`.
 */
export function readTryOptions(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): TryOptions | null {
  const { values } = parseArgs({
    args: [...args],
    options: {
      transform: { type: 'string' },
      records: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) return null;
  const given = values.transform === undefined ? {} : { TRANSFORM: values.transform };
  return {
    file: values.records ?? null,
    config: readConfig({ ...unused, ...environment, ...given }),
  };
}
