import { type ParseArgsConfig, parseArgs } from 'node:util';
import { didYouMean } from './nearest.ts';
import { CommandLineError, rightLine } from './npm-options.ts';

const text = { type: 'string' } as const;
const on = { type: 'boolean' } as const;

/** The options of every command. */
const common = {
  stage: { ...text, short: 's' },
  param: { ...text, multiple: true },
  region: { ...text, short: 'r' },
  'aws-profile': text,
  verbose: on,
  debug: text,
  help: { ...on, short: 'h' },
} as const;

/** The options of each command alone. */
const own = {
  package: { package: { ...text, short: 'p' } },
  deploy: {
    package: { ...text, short: 'p' },
    force: on,
    conceal: on,
    'minify-template': on,
    'aws-s3-accelerate': on,
  },
  secret: { sink: text },
} as const;

/** The commands that osls implements. */
export type OslsCommand = keyof typeof own;

/** Whether osls implements a command here. */
export function isOslsCommand(name: string): name is OslsCommand {
  return Object.hasOwn(own, name);
}

/** The options of a command by name. */
export function optionsOf(command: OslsCommand): Readonly<Record<string, Definition>> {
  return { ...common, ...own[command] };
}

/** The values that choose what a command works on. */
export interface Choice {
  readonly stage: string;
  /** Values of `--param`: `name=value`. */
  readonly param: readonly string[];
  /** Null: not given. */
  readonly region: string | null;
  /** Null: not given. */
  readonly sink: string | null;
  /** A packaged folder; null: not given. */
  readonly package: string | null;
  readonly help: boolean;
}

/**
 * Reads the arguments of a command of osls. Nothing that is not understood is passed on: osls would
 * act on its default stage.
 *
 * Throws CommandLineError.
 */
export function readOslsOptions(command: OslsCommand, args: readonly string[]): Choice {
  const options = { ...common, ...own[command] };
  const { values, tokens } = parseArgs({
    args: [...args],
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  checkTokens(command, tokens);
  const found = values as Record<string, string | undefined>;
  if (values.help !== true && command !== 'package') requireStage(command, found['stage'], args);
  return {
    stage: stageName(found['stage'] ?? 'dev'),
    param: (values.param ?? []) as string[],
    region: found['region'] ?? null,
    sink: found['sink'] ?? null,
    package: found['package'] ?? null,
    help: values.help === true,
  };
}

/** Throws CommandLineError for what osls would ignore, or understand in another way. */
function checkTokens(command: OslsCommand, tokens: readonly Token[]): void {
  const options = optionsOf(command);
  const seen = new Set<string>();
  for (const token of tokens) {
    if (token.kind === 'positional') throw notUnderstood(command, token.value);
    if (token.kind !== 'option') continue;
    const definition = Object.hasOwn(options, token.name) ? options[token.name] : undefined;
    if (definition === undefined) throw unknown(command, token.rawName);
    checkValue(token, definition);
    if (seen.has(token.name) && !definition.multiple) {
      throw new CommandLineError(`${token.rawName} is given twice; give it once`);
    }
    seen.add(token.name);
  }
}

type Definition = NonNullable<ParseArgsConfig['options']>[string];
type Token = NonNullable<ReturnType<typeof parseArgs>['tokens']>[number];

function checkValue(
  { rawName, value }: Extract<Token, { kind: 'option' }>,
  { type }: Definition,
): void {
  if (type === 'boolean' && value !== undefined) {
    throw new CommandLineError(`${rawName} takes no value`);
  }
  if (type === 'string' && (value === undefined || value === '')) {
    throw new CommandLineError(`${rawName} needs a value`);
  }
}

/**
 * A stage is part of the names of the stack and the functions.
 *
 * Throws CommandLineError.
 */
export function stageName(stage: string): string {
  if (/^[a-zA-Z0-9][a-zA-Z0-9-]*$/.test(stage)) return stage;
  throw new CommandLineError(
    `--stage takes letters, digits and hyphens; it is ${JSON.stringify(stage)}`,
  );
}

/** The default of osls, `dev`, may not be what was meant; npm also drops a stage. Throws CommandLineError. */
function requireStage(
  command: OslsCommand,
  stage: string | undefined,
  args: readonly string[],
): void {
  if (stage !== undefined) return;
  const right = rightLine(command, ['--stage', 'STAGE', ...args]);
  throw new CommandLineError(
    `Nothing was done: name the stage, after the -- that npm needs. Run:\n  ${right}`,
  );
}

function notUnderstood(command: OslsCommand, argument: string): CommandLineError {
  const right = `npm run ${command} -- --stage ${argument}`;
  return new CommandLineError(
    `Nothing was done: ${command} takes no argument ${JSON.stringify(argument)}. If it is a stage, run:\n  ${right}`,
  );
}

function unknown(command: OslsCommand, option: string): CommandLineError {
  const known = Object.keys(optionsOf(command)).map((name) => `--${name}`);
  const hint = didYouMean(option, known);
  return new CommandLineError(
    `Nothing was done: ${command} has no option ${option}${hint || `; it takes ${known.join(', ')}`}`,
  );
}
