import { chosenSink } from '../command-line.ts';
import type { Stage } from '../sinks-file/sink.ts';

/** A secret with Salesforce credentials. */
export interface NamedSecret {
  readonly name: string;
  /** The KMS key that the sinks file names for it; null: that of Secrets Manager. */
  readonly keyArn: string | null;
}

/** The secret that a command works on. */
export interface ChosenSecret extends NamedSecret {
  /** Whether a sink with this secret reads schemas from a registry, whose login it may have. */
  readonly hasRegistry: boolean;
}

/**
 * The secret with the Salesforce credentials of a stage. `sink` chooses one where sinks have different
 * secrets.
 *
 * Throws SinksFileError when a choice is required or the sink is unknown.
 */
export function chosenSecret(stage: Stage, sink: string | null): ChosenSecret {
  const name = secretName(stage, sink);
  const sinks = stage.sinks.filter(({ salesforceSecret }) => salesforceSecret === name);
  const keys = sinks.flatMap(({ salesforceSecretKeyArn }) => salesforceSecretKeyArn ?? []);
  const hasRegistry = sinks.some(({ settings }) => settings['SCHEMA_REGISTRY_URL'] !== undefined);
  return { name, keyArn: keys[0] ?? null, hasRegistry };
}

function secretName(stage: Stage, sink: string | null): string {
  const [first = '', ...others] = new Set(stage.sinks.map((one) => one.salesforceSecret));
  if (sink === null && others.length === 0) return first;
  const name = chosenSink(stage, sink);
  return stage.sinks.find((one) => one.name === name)?.salesforceSecret ?? first;
}
