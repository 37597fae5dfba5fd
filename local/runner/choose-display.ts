import type { WriteStream } from 'node:tty';
import type { Variables } from './logins.ts';
import type { RunnerOptions } from './options.ts';
import { openLines, openLive, type RunDisplay } from './run-display.ts';

/**
 * The live view or lines, as `--view` says. If it says `auto`, the view is for a cluster, on a terminal
 * that can draw it, without NO_COLOR, CI and `--verbose`; what a file changes are lines to read.
 */
export function chooseDisplay(
  stream: WriteStream,
  options: RunnerOptions,
  variables: Variables,
): RunDisplay {
  return isLive(stream, options, variables) ? openLive(stream, Date.now) : openLines(stream);
}

function isLive(stream: WriteStream, options: RunnerOptions, variables: Variables): boolean {
  if (!stream.isTTY || variables['TERM'] === 'dumb') return false;
  if (options.view !== 'auto') return options.view === 'live';
  const isPlain = Boolean(variables['NO_COLOR'] || variables['CI']);
  return !('file' in options) && !options.verbose && !isPlain;
}
