import type { ParseArgsConfig } from 'node:util';
import { nearest } from './nearest.ts';
import { quoted } from './shell.ts';

/** A command line that was not understood; the message is for the user. */
export class CommandLineError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'CommandLineError';
    // osls prints the stack of an error, which is no help here.
    this.stack = message;
  }
}

/** Options of a command by name, as `parseArgs` takes them. */
type Options = NonNullable<ParseArgsConfig['options']>;

/** Where a command was started. */
interface Process {
  /** Environment variables by name. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** The arguments that npm passed on. */
  readonly args: readonly string[];
}

/** An option that npm kept, with the value that npm made of it. */
type Kept = readonly [typed: string, meant: string, value: string];

/**
 * Refuses options that npm kept for itself: without `--` before them, `npm run deploy --stage=prod`
 * runs the command without its stage, and would act on another one. npm passes what it kept as
 * environment variables, together with its own settings; a name that is near an option and no setting
 * of npm is a misspelt option.
 *
 * Source: npm documentation, "npm run", and "config", "Environment Variables".
 *
 * Throws CommandLineError with the right command.
 */
export function refuseNpmOptions(
  command: string,
  options: Options,
  { variables, args }: Process = { variables: process.env, args: process.argv.slice(2) },
): void {
  // Another command that npm runs inherits its variables.
  if ((variables['npm_lifecycle_event'] ?? command) !== command) return;
  const kept = keptOf(options, variables);
  if (kept.length === 0) return;
  const names = kept.map(([typed, , value]) => `--${value === '' ? 'no-' : ''}${typed}`).join(', ');
  const are = kept.length > 1 ? 'are' : 'is';
  const line = rightLine(command, suggestion(kept, options, args));
  throw new CommandLineError(
    `Nothing was done: ${names} ${are} not passed on by npm without -- before it. Run:\n  ${line}`,
  );
}

/** The line that runs a command with arguments, as a shell takes it. */
export function rightLine(command: string, args: readonly string[]): string {
  return `npm run ${command} -- ${args.map(quoted).join(' ')}`;
}

function keptOf(options: Options, variables: Process['variables']): Kept[] {
  const names = Object.keys(options);
  const found = Object.entries(variables).flatMap(([variable, value]): Kept[] => {
    const [, typed = ''] = /^npm_config_(.*)/.exec(variable) ?? [];
    const meant = typed === '' || value === undefined ? null : meantBy(typed, options);
    if (meant === null) return [];
    return [[variable === variableOf(meant) ? meant : typed, meant, value ?? '']];
  });
  return found.sort(([, one], [, other]) => names.indexOf(one) - names.indexOf(other));
}

const variableOf = (option: string): string => `npm_config_${option.replaceAll('-', '_')}`;

/** The option that a name of npm's is, or is near to; null for a setting of npm or of others. */
function meantBy(typed: string, options: Options): string | null {
  const names = Object.keys(options);
  const same = names.find((name) => typed === name.replaceAll('-', '_'));
  if (same !== undefined) return same;
  const other = otherNames[typed]?.find((name) => Object.hasOwn(options, name));
  if (other !== undefined) return other;
  const short = names.find((name) => options[name]?.short === typed);
  if (short !== undefined) return short;
  return ofNpm.has(typed) ? null : nearest(typed, names, 2);
}

/** What options are called in other programs, or in another command here. */
const otherNames: Readonly<Record<string, readonly string[]>> = {
  profile: ['aws-profile'],
  file: ['records'],
  records: ['file'],
  sinks: ['sink', 'param'],
};

/** Settings of npm, and of what it runs, that are near an option of a command. */
const ofNpm = new Set(['cafile', 'global', 'link', 'packages', 'viewer']);

/** The arguments that npm kept, as the command takes them, then those that it passed on. */
function suggestion(kept: readonly Kept[], options: Options, args: readonly string[]): string[] {
  // npm says `true` also where the value follows as an argument of its own, which it passes on.
  const lacksValue = ([, meant, value]: Kept): boolean =>
    value === 'true' && options[meant]?.type === 'string';
  const [first = '-', second = '-'] = args;
  const isClear = kept.filter(lacksValue).length === 1 && isOption(second) && !isOption(first);
  const shown = kept.flatMap((one): string[] => {
    const [, meant, value] = one;
    if (value === '') return [`--no-${meant}`];
    if (lacksValue(one)) return [`--${meant}`, isClear ? first : 'VALUE'];
    return value === 'true' ? [`--${meant}`] : [`--${meant}`, value];
  });
  return [...shown, ...(isClear ? args.slice(1) : args)];
}

const isOption = (argument: string): boolean => argument.startsWith('-');
