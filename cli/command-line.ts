import { type ParseArgsConfig, parseArgs } from 'node:util';
import { refuseNpmOptions } from '../infra/npm-options.ts';
import { refuseRepeated } from '../infra/repeated.ts';

/**
 * `parseArgs` for a command of npm: options that npm kept for itself are refused, so that the command
 * never runs without what was asked for, and so is one that is given twice.
 *
 * Throws CommandLineError, and the errors of `parseArgs`.
 */
export function parseCommandLine<const T extends ParseArgsConfig>(command: string, config: T) {
  const { options = {} } = config;
  refuseNpmOptions(command, options);
  const parsed = parseArgs({ ...config, tokens: true });
  refuseRepeated(parsed.tokens ?? [], options);
  return parsed;
}
