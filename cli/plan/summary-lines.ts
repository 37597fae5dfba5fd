import { indented, textRows } from '../../local/terminal/table.ts';
import { type Cost, connectWorker, costsOf, sumOf } from './cost.ts';
import { findings } from './findings.ts';
import { daySeconds } from './limits.ts';
import type { Load } from './load.ts';
import type { Day } from './simulation/day.ts';
import { dollars, duration, percent, whole } from './text.ts';
import { type Totals, totalsOf } from './totals.ts';

const marks = { fine: '✓', close: '!', over: '✗' } as const;

/** What a day comes to, and its findings. */
export function summaryLines(day: Day): string[] {
  const { load } = day;
  const totals = totalsOf(day);
  const costs = costsOf(load, totals);
  const rows = [
    ['topic', topicText(load)],
    ['sink', sinkText(load)],
    ['written', `${whole(totals.written)} of ${whole(totals.arrived)} records a day`],
    ['flushes', flushText(totals)],
    [
      'age',
      `the oldest record not in Salesforce: median ${duration(totals.medianAge)}, at most ${duration(totals.age)}`,
    ],
    ['API calls', `${whole(totals.calls)} a day`],
    ['cost', `${dollars(sumOf(costs))} a month: ${costText(costs)}`],
    ['', `a worker of MSK Connect, 1 vCPU, is ${dollars(connectWorker)} a month`],
  ];
  return [
    ...textRows(rows).map(indented),
    '',
    ...findings(day).flatMap(({ level, text, remedy }) => [
      `${marks[level]} ${text}`,
      ...(remedy === null ? [] : [`    ${remedy}`]),
    ]),
  ];
}

function topicText({ rate, bytes, partitions, skew }: Load): string {
  const busiest = skew === null ? '' : `, ${percent(skew)} of the records in one of them`;
  return `${whole(rate)} records/s of ${whole(bytes)} bytes, ${partitions} partitions${busiest}`;
}

function sinkText({ batchSize, pollers, window }: Load): string {
  const who = pollers === null ? "Lambda's own scaling" : `${pollers} provisioned pollers`;
  return `${who}, window ${window} s, at most ${whole(batchSize)} records or 6 MB`;
}

function flushText({ failed, flushes, written, seconds }: Totals): string {
  const size = flushes === 0 ? 0 : written / flushes;
  const lost = failed === 0 ? '' : `, and ${whole(failed)} failed deliveries`;
  return `${whole(flushes)} a day of ${whole(size)} records, ${(seconds / daySeconds).toFixed(1)} at a time${lost}`;
}

function costText(costs: readonly Cost[]): string {
  const parts = costs.filter(({ dollars: amount }) => amount >= 0.005);
  return parts.map(({ name, dollars: amount }) => `${name} ${amount.toFixed(2)}`).join(', ');
}
