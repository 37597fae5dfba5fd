import { chosenSink } from '../command-line.ts';
import type { Stage } from '../sinks-file/sink.ts';

/**
 * The secret with the Salesforce credentials of a stage. Most stages have one; where sinks have
 * secrets of their own, `sink` says whose is meant.
 *
 * Throws SinksFileError when it cannot be told.
 */
export function secretName(stage: Stage, sink: string | undefined): string {
  const [first = '', ...others] = new Set(stage.sinks.map((one) => one.salesforceSecret));
  if (sink === undefined && others.length === 0) return first;
  const name = chosenSink(stage, sink);
  return stage.sinks.find((one) => one.name === name)?.salesforceSecret ?? first;
}
