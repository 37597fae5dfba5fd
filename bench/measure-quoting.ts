// Measures how long it takes to write the cells of 10,000 contacts as CSV, with csv-stringify for
// those that need quotes and for all of them, in turns: `node bench/measure-quoting.ts`; prints JSON.
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { Columns } from '../src/csv/columns.ts';
import { documentOf } from '../src/csv/document.ts';
import { eventToCsv } from './conversion.ts';
import { cpuMs, meanOf } from './cpu.ts';
import { formats } from './formats.ts';
import { contactEvent } from './records.ts';
import { runAsFunction } from './run-as-function.ts';

runAsFunction(import.meta.url);

const rows = parse(await eventToCsv(contactEvent(10_000, formats.JSON.write))) as string[][];

const [header = [], ...cells] = rows;
const columns = new Columns();
const numbers = header.map((name) => columns.of(name));
const given = cells.map((one) => ({ columns: numbers, cells: one }));

const ways = {
  ours: () => documentOf(given, columns).text,
  'csv-stringify': () => stringify(rows),
};

const [warmUps, rounds] = [5, 25];
const [ours, csvStringify]: [number[], number[]] = [[], []];
for (let round = 0; round < rounds; round++) {
  ours.push(await cpuMs(ways.ours));
  csvStringify.push(await cpuMs(ways['csv-stringify']));
}
console.log(
  JSON.stringify({ ours: meanOf(ours, warmUps), csvStringify: meanOf(csvStringify, warmUps) }),
);
