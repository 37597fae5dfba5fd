import { FunctionPool } from '../lambda-runtime/function-pool.ts';
import type { FunctionSettings } from '../lambda-runtime/function-settings.ts';
import { isMetricsLine, readLogLine } from '../terminal/function-log.ts';
import type { RunDisplay } from './run-display.ts';
import { errantLines } from './status-lines.ts';

/** The function of a run, and how much of its log to show. */
export interface PoolSettings {
  readonly functionSettings: FunctionSettings;
  readonly concurrency: number;
  readonly verbose: boolean;
  readonly display: RunDisplay;
}

/** Processes of the function, which show errant records and what is not JSON, or with `verbose` all. */
export function openPool(settings: PoolSettings): FunctionPool {
  const { functionSettings, concurrency, verbose, display } = settings;
  return new FunctionPool(functionSettings, concurrency, ({ text }) => {
    const line = readLogLine(text);
    if (verbose || (line === null && !isMetricsLine(text))) display.lines('faint', text);
    if (line === null) return;
    display.log(line);
    display.show(errantLines(line));
  });
}
