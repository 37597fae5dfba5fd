import type { Shown } from '../terminal/display.ts';
import { indented, textRows } from '../terminal/table.ts';
import type { RunEnvironment } from './run-environment.ts';

/** What a run uses, each with its name. */
export type HeaderRows = readonly (readonly [name: string, text: string])[];

/** The rows about Salesforce and AWS. */
export function environmentRows(environment: RunEnvironment): HeaderRows {
  const { emulator, ledger, object, salesforceUrl } = environment;
  const org = emulator === null ? 'org' : 'emulator';
  return [
    ['Salesforce', `${org} at ${salesforceUrl}, object ${object}`],
    ['ledger', ledger],
  ];
}

/** The lines above a run on `source`. */
export function headerLines(source: string, rows: HeaderRows): Shown[] {
  return [
    { kind: 'line', tone: 'heading', text: `msk-salesforce-sink on ${source}` },
    ...['', ...textRows(rows).map(indented), ''].map(
      (text): Shown => ({ kind: 'line', tone: 'plain', text }),
    ),
  ];
}
