import jsonata from 'jsonata';
import { readConfig } from '../../src/config/config.ts';
import { settings as known } from '../../src/config/settings.ts';
import { SinkError } from '../../src/errors.ts';
import { expressionPlace } from '../../src/mapping/expression-place.ts';
import { environment, settingsOfKeys } from './environment.ts';
import type { Fault } from './fault.ts';
import type { Sink } from './sink.ts';
import { isSetting, variableFaults } from './variable-rules.ts';

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
  // A name that is none is reported once, and not checked.
  const settings = where(sink.settings, isSetting);
  const others = where(sink.environment, (name) => !Object.hasOwn(known, name));
  const uri = uriFaults(sink);
  return [
    ...variableFaults(sink),
    ...uri,
    ...transformFaults(sink),
    ...startFaults({ ...sink, settings, environment: others }).filter(
      ({ key }) => uri.length === 0 || key !== 'salesforceUri',
    ),
  ];
}

/** Hosts without the client credentials flow, or without the API. */
const otherHosts = [
  [/^(login|test)\.salesforce\.com$/, 'does not support the client credentials flow'],
  [/\.lightning\.force\.com$/, 'is the page of the user interface'],
  [/\.(force|visualforce|salesforce-setup|site)\.com$/, 'is not the host of the API'],
] as const;

/** Only a local run can use an emulator over http. */
function uriFaults({ salesforceUri }: Sink): Fault[] {
  const url = URL.parse(salesforceUri);
  const remedy = 'use the My Domain URL of the org, https://<domain>.my.salesforce.com';
  if (url?.protocol === 'http:') {
    return [{ key: 'salesforceUri', says: `is not an https URL; ${remedy}` }];
  }
  const other = otherHosts.find(([pattern]) => pattern.test(url?.hostname ?? ''));
  if (other === undefined) return [];
  return [{ key: 'salesforceUri', says: `${other[1]}; ${remedy}` }];
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

/** The variables whose names pass. */
const where = (variables: Sink['settings'], passes: (name: string) => boolean): Sink['settings'] =>
  Object.fromEntries(Object.entries(variables).filter(([name]) => passes(name)));

function startFaults(sink: Sink): Fault[] {
  const resources = { ...placeholders, ledger: sink.ledger ? placeholders.ledger : null };
  try {
    readConfig(environment(sink, resources));
    return [];
  } catch (error) {
    if (!(error instanceof SinkError)) throw error;
    const [, ...lines] = error.message.split('\n');
    return lines.map((line) => readLine(line, sink));
  }
}

/** A line of `CONFIG_INVALID`: `- NAME got …; it takes …`. */
function readLine(line: string, { environment: others }: Sink): Fault {
  const [, name = '', says = ''] = /^- (\w+) (.*)$/.exec(line) ?? [];
  if (name === '') return { key: 'settings', says: line.replace(/^- /, '') };
  const block = Object.hasOwn(others, name) ? 'environment' : 'settings';
  return { key: keysOfSettings[name] ?? `${block}.${name}`, says };
}
