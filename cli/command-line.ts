import { type ParseArgsConfig, parseArgs } from 'node:util';
import { refuseNpmOptions } from '../infra/npm-options.ts';

/**
 * `parseArgs` for a command of npm: options that npm kept for itself are refused, so that the command
 * never runs without what was asked for.
 *
 * Throws CommandLineError, and the errors of `parseArgs`.
 */
export function parseCommandLine<const T extends ParseArgsConfig>(command: string, config: T) {
  refuseNpmOptions(command, config.options ?? {});
  return parseArgs(config);
}
