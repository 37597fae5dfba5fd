import type { ParseArgsConfig, parseArgs } from 'node:util';
import { CommandLineError } from './npm-options.ts';

type Tokens = NonNullable<ReturnType<typeof parseArgs>['tokens']>;

/**
 * Refuses an option that is given more than once and takes one value: `parseArgs` would take the last
 * without a word. `--no-NAME` is the option `--NAME` too.
 *
 * Throws CommandLineError.
 */
export function refuseRepeated(
  tokens: Tokens,
  options: NonNullable<ParseArgsConfig['options']>,
): void {
  const seen = new Set<string>();
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    if (seen.has(token.name) && options[token.name]?.multiple !== true) {
      throw new CommandLineError(`--${token.name} is given twice; give it once`);
    }
    seen.add(token.name);
  }
}
