import { z } from 'zod';
import { withoutByteOrderMark } from '../../src/decode/text.ts';

/** A Kafka Connect connector: its name and its configuration, all of it text. */
export interface Connector {
  readonly name: string;
  readonly config: Readonly<Record<string, string>>;
}

const config = z.record(
  z.string(),
  z
    .union([z.string(), z.number(), z.boolean(), z.null()])
    .transform((value) => String(value ?? '')),
);
const wrapped = z.looseObject({ name: z.string().optional(), config });

/**
 * Parses a connector's JSON: `{"name", "config"}` as Connect's REST API takes it, or the
 * configuration alone.
 *
 * Throws Error whose message never repeats the content.
 */
export function readConnector(source: string): Connector {
  const content = parse(source);
  const whole = wrapped.safeParse(content);
  const bare = whole.success ? whole.data.config : config.safeParse(content).data;
  if (bare === undefined) {
    throw new Error('it is not a connector: neither {"name", "config"} nor a map of texts');
  }
  const kind = bare['connector.class'] ?? '';
  if (!/SalesforceSink(Connector)?$/.test(kind)) {
    throw new Error(`connector.class is "${kind}"; only Aiven's Salesforce sink can be adopted`);
  }
  const name = (whole.success ? whole.data.name : undefined) ?? bare['name'] ?? 'salesforce';
  return { name, config: bare };
}

function parse(source: string): unknown {
  try {
    return JSON.parse(withoutByteOrderMark(source));
  } catch {
    // The parser's error would quote what may be a secret.
    throw new Error('it is not JSON');
  }
}
