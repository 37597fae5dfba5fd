import { textRows } from '../../local/terminal/table.ts';
import { breakText } from './findings.ts';
import { bulk, hourSeconds } from './limits.ts';
import type { Break, Day, Hour } from './simulation/day.ts';
import { duration, percent, timeOfDay, whole } from './text.ts';

const columns = [
  ...['hour', 'in/s', 'out/s', 'lag', 'oldest', 'pollers', 'jobs', 'failed', 'API calls'],
  ...['calls', 'batches', 'rows', 'records in'],
];
const barWidth = 12;

/** A day as a table with a row for each hour, and a line where a limit is met. */
export function hourLines(day: Day): string[] {
  const { hours } = day;
  const peak = Math.max(...hours.map(({ arrived }) => arrived));
  const rows = hours.map((hour, at) => [...cells(day, at), bar(hour.arrived / peak)]);
  const [head = '', ...lines] = textRows(alignedRight([columns, ...rows]));
  return [
    head,
    ...lines.flatMap((line, at) => [line, ...breaksOf(day, at).map((one) => breakLine(day, one))]),
    'calls, batches, rows: used of the allocations of 24 hours',
  ];
}

function cells({ hours, load }: Day, at: number): string[] {
  const hour = hours[at] as Hour;
  const until = hours.slice(0, at + 1);
  const used = (of: (hour: Hour) => number) => until.reduce((sum, one) => sum + of(one), 0);
  return [
    timeOfDay(at * hourSeconds),
    whole(hour.arrived / hourSeconds),
    whole(hour.written / hourSeconds),
    whole(hour.lag),
    duration(hour.age),
    whole(hour.pollers),
    whole(hour.flushes),
    whole(hour.failed),
    whole(hour.calls),
    percent(used(({ calls }) => calls) / load.apiLimit),
    percent(used(({ batches }) => batches) / bulk.batchesADay),
    percent(used(({ written }) => written) / bulk.recordsADay),
  ];
}

const breaksOf = ({ breaks }: Day, hour: number): Break[] =>
  breaks.filter(({ at }) => Math.floor(at / hourSeconds) === hour);

const breakLine = (day: Day, { at, limit }: Break): string =>
  `✗ ${timeOfDay(at)} ${breakText(day, limit)}`;

/** All columns but the last one, which is a bar. */
function alignedRight(rows: readonly (readonly string[])[]): string[][] {
  const widths = columns.map((_, at) => Math.max(...rows.map((row) => (row[at] ?? '').length)));
  return rows.map((row) =>
    row.map((cell, at) => (at === columns.length - 1 ? cell : cell.padStart(widths[at] ?? 0))),
  );
}

function bar(share: number): string {
  const eighths = Math.round(share * barWidth * 8);
  const rest = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'][eighths % 8] ?? '';
  return '█'.repeat(Math.floor(eighths / 8)) + rest;
}
