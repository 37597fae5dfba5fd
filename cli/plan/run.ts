import type { Command } from '../command.ts';
import { hourLines } from './hour-lines.ts';
import { type Options, readOptions, usage } from './options.ts';
import { simulateDay } from './simulation/day.ts';
import { summaryLines } from './summary-lines.ts';
import { tableRow } from './table-row.ts';

/** `npm run plan`: prints the simulated day of a load; 1 for a command line that it does not know. */
export const runPlan: Command = async (args, { print, complain }) => {
  try {
    const options = readOptions(args);
    if (options === null) print(usage);
    else for (const line of linesOf(options)) print(line);
    return 0;
  } catch (error) {
    complain(`${error instanceof Error ? error.message : error}\nTry npm run plan -- --help.`);
    return 1;
  }
};

function linesOf({ load, show }: Options): string[] {
  const day = simulateDay(load);
  if (show === 'row') return [tableRow(day)];
  const hours = show === 'hours' ? [...hourLines(day), ''] : [];
  return [...hours, ...summaryLines(day)];
}
