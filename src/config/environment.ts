import type * as z from 'zod/mini';
import { SinkError } from '../errors.ts';
import { refusedCombinations } from './combinations.ts';
import type { Setting } from './setting.ts';
import { settings } from './settings.ts';

type Settings = typeof settings;

/** Environment variables by their names. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The values of all settings, after their schemas; null: an optional setting that is not set. */
type Values = {
  readonly [Name in keyof Settings]:
    | z.output<Settings[Name]['schema']>
    | (null extends Settings[Name]['fallback'] ? null : never);
};

/** Prefixes that only this function's settings have; an unknown name with one of them is a typo. */
const ours =
  /^(SALESFORCE|VALUE|UPLOAD|POLL|ERRORS|NULL|LEDGER|ERRANT|SCHEMA_REGISTRY|UNKNOWN|UNAVAILABLE|FIELD|TOMBSTONES|CHANGE_EVENTS|TRANSFORM|API_USAGE)(_|$)/;

/** What is wrong with one setting. */
class Problem {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

const shown = (value: string, hidden: boolean | undefined): string =>
  hidden ? `a value of ${value.length} characters` : JSON.stringify(value.slice(0, 80));

/** An empty variable counts as not set, as in every deployment tool. */
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
    .map(
      (name) =>
        new Problem(`${name} is not a setting of this function; docs/CONFIGURATION.md lists them`),
    );
}

/**
 * Reads every setting. Throws `CONFIG_INVALID` with every problem at once, each naming the variable,
 * what it got (hidden where it could be a secret) and what it takes.
 */
export function readSettings(environment: Environment): Values {
  const values = Object.entries(settings).map(([name, setting]) => {
    const given = environment[name]?.trim() ?? '';
    return [name, readSetting(name, setting, given)] as const;
  });
  const problems = [
    ...values.map(([, value]) => value),
    ...misspelt(environment),
    ...refusedCombinations(environment).map((text) => new Problem(text)),
  ]
    .filter((value) => value instanceof Problem)
    .map(({ text }) => `- ${text}`);
  if (problems.length > 0) {
    const count = problems.length === 1 ? 'a problem' : `${problems.length} problems`;
    const message = `The function's environment has ${count}:`;
    throw new SinkError('CONFIG_INVALID', [message, ...problems].join('\n'));
  }
  return Object.fromEntries(values) as unknown as Values;
}
