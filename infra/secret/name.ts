import { chosenSink } from '../command-line.ts';
import type { Stage } from '../sinks-file/sink.ts';

/**
 * The name of the secret with the Salesforce credentials of a stage. `sink` chooses one where sinks
 * have different secrets.
 *
 * Throws SinksFileError when a choice is required or the sink is unknown.
 */
export function secretName(stage: Stage, sink: string | null): string {
  const [first = '', ...others] = new Set(stage.sinks.map((one) => one.salesforceSecret));
  if (sink === null && others.length === 0) return first;
  const name = chosenSink(stage, sink);
  return stage.sinks.find((one) => one.name === name)?.salesforceSecret ?? first;
}
