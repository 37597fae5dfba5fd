import jsonata from 'jsonata';
import { readConfig } from '../../src/config/config.ts';
import { SinkError } from '../../src/errors.ts';
import { expressionPlace } from '../../src/mapping/expression-place.ts';
import { environment, reserved, settingsOfKeys } from './environment.ts';
import type { Fault } from './fault.ts';
import type { Sink } from './sink.ts';

/** Placeholders for the resources of the stack, in their format. */
const placeholders = {
  ledger: 'msk-salesforce-sink-ledger',
  errantQueue: 'https://sqs.us-east-1.amazonaws.com/111122223333/errant',
};

const keysOfSettings: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(settingsOfKeys).map(([key, name]) => [name, key]),
);

/** The errors that the function would report at its start. */
export function functionFaults(sink: Sink): Fault[] {
  const taken = Object.keys(sink.settings)
    .filter((name) => Object.hasOwn(reserved, name))
    .map((name) => ({ key: `settings.${name}`, says: `is set by the stack; ${reserved[name]}` }));
  const resources = { ...placeholders, ledger: sink.ledger ? placeholders.ledger : null };
  return [
    ...taken,
    ...httpOnly(sink),
    ...transformFaults(sink),
    ...startFaults(environment(sink, resources)),
  ];
}

/** Only a local run can use an emulator over http. */
function httpOnly({ salesforceUri }: Sink): Fault[] {
  if (!salesforceUri.startsWith('http:')) return [];
  return [{ key: 'salesforceUri', says: 'is not an https URL; use the My Domain URL of the org' }];
}

/** The function compiles the expression when it starts, too. */
function transformFaults({ settings }: Sink): Fault[] {
  const { TRANSFORM: expression = '' } = settings;
  if (expression === '') return [];
  try {
    jsonata(expression);
    return [];
  } catch (error) {
    const says = `is not a JSONata expression: ${expressionPlace(error)}`;
    return [{ key: 'settings.TRANSFORM', says }];
  }
}

function startFaults(variables: Record<string, string>): Fault[] {
  try {
    readConfig(variables);
    return [];
  } catch (error) {
    if (!(error instanceof SinkError)) throw error;
    const [, ...lines] = error.message.split('\n');
    return lines.map(readLine);
  }
}

/** A line of `CONFIG_INVALID`: `- NAME got …; it takes …`. */
function readLine(line: string): Fault {
  const [, name = '', says = ''] = /^- (\w+) (.*)$/.exec(line) ?? [];
  if (name === '') return { key: 'settings', says: line.replace(/^- /, '') };
  return { key: keysOfSettings[name] ?? `settings.${name}`, says };
}
