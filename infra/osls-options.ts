import { parseArgs } from 'node:util';
import { didYouMean } from './nearest.ts';
import { CommandLineError, rightLine } from './npm-options.ts';
import { type Definition, type OslsCommand, optionsOf } from './osls-commands.ts';

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
  /** The profile of the AWS credentials; null: not given. */
  readonly profile: string | null;
  readonly help: boolean;
}

/**
 * Reads the arguments of a command of osls. Nothing that is not understood is passed on: osls would
 * act on its default stage.
 *
 * Throws CommandLineError.
 */
export function readOslsOptions(command: OslsCommand, args: readonly string[]): Choice {
  const options = optionsOf(command);
  const { values, tokens } = parseArgs({
    args: [...args],
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  checkTokens(command, tokens);
  const found = values as Record<string, string | undefined>;
  if (values.help !== true && command !== 'package') {
    const right = rightLine(command, ['--stage', 'STAGE', ...args]);
    requireStage(found['stage'], `, after the -- that npm needs. Run:\n  ${right}`);
  }
  return {
    stage: stageName(found['stage'] ?? 'dev'),
    param: (values.param ?? []) as string[],
    region: found['region'] ?? null,
    sink: found['sink'] ?? null,
    package: found['package'] ?? null,
    profile: found['aws-profile'] ?? null,
    help: values.help === true,
  };
}

/** Throws CommandLineError for what osls would ignore, or understand in another way. */
function checkTokens(command: OslsCommand, tokens: readonly Token[]): void {
  const options: Readonly<Record<string, Definition>> = optionsOf(command);
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

/**
 * The default of osls, `dev`, may not be what was meant; npm also drops a stage. `how` ends the sentence
 * that asks for the stage.
 *
 * Throws CommandLineError.
 */
export function requireStage(stage: unknown, how: string): void {
  if (typeof stage === 'string' && stage !== '') return;
  throw new CommandLineError(`Nothing was done: name the stage${how}`);
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
