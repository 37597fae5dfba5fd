import { FunctionPool } from '../lambda-runtime/function-pool.ts';
import type { FunctionSettings } from '../lambda-runtime/function-settings.ts';
import type { Display } from '../terminal/display.ts';
import { isMetricsLine, readLogLine } from '../terminal/function-log.ts';
import { errantLines } from './status-lines.ts';

/** The function of a run, and how much of its log to show. */
export interface PoolSettings {
  readonly functionSettings: FunctionSettings;
  readonly concurrency: number;
  readonly verbose: boolean;
  readonly display: Display;
}

/** Processes of the function, which show errant records and what is not JSON, or with `verbose` all. */
export function openPool(settings: PoolSettings): FunctionPool {
  const { functionSettings, concurrency, verbose, display } = settings;
  return new FunctionPool(functionSettings, concurrency, ({ text }) => {
    const line = readLogLine(text);
    if (verbose || (line === null && !isMetricsLine(text))) display.lines('faint', text);
    if (line !== null) display.show(errantLines(line));
  });
}
