// Simulates a day of a sink, its limits and its cost: npm run plan -- --rate 500 --bytes 400
import { hourLines } from './hour-lines.ts';
import { readOptions, usage } from './options.ts';
import { simulateDay } from './simulation/day.ts';
import { summaryLines } from './summary-lines.ts';
import { tableRow } from './table-row.ts';

try {
  const options = readOptions(process.argv.slice(2));
  if (options === null) console.log(usage);
  else {
    const day = simulateDay(options.load);
    const lines = { summary: [], hours: [...hourLines(day), ''], row: [tableRow(day)] };
    for (const line of lines[options.show]) console.log(line);
    if (options.show !== 'row') for (const line of summaryLines(day)) console.log(line);
  }
} catch (error) {
  console.error(`${error instanceof Error ? error.message : error}\n\n${usage}`);
  process.exitCode = 1;
}
