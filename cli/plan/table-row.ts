import { connectWorker, costsOf, sumOf } from './cost.ts';
import { breakText, findings } from './findings.ts';
import type { Day } from './simulation/day.ts';
import { dollars, duration, timeOfDay, whole } from './text.ts';
import { totalsOf } from './totals.ts';

/** A day as a row of a Markdown table; docs/OPERATIONS.md has the headings. */
export function tableRow(day: Day): string {
  const { load, breaks } = day;
  const totals = totalsOf(day);
  const first = breaks[0];
  const over = findings(day).find(({ remedy, level }) => level === 'over' && remedy !== null);
  const cells = [
    whole(load.rate),
    `${load.partitions}, ${load.pollers ?? 'on demand'}`,
    `${whole(totals.flushes)} / ${whole(totals.calls)}`,
    duration(totals.age),
    `${((totals.written / totals.arrived) * 100).toFixed(1)} %`,
    dollars(sumOf(costsOf(load, totals))),
    dollars(connectWorker),
    first === undefined ? 'none' : `${timeOfDay(first.at)} ${breakText(day, first.limit)}`,
    over?.remedy ?? '–',
  ];
  return `| ${cells.join(' | ')} |`;
}
