// Measures how long it takes to write the cells of 10,000 contacts as CSV, with csv-stringify for
// those that need quotes and for all of them, in turns: `node bench/measure-quoting.ts`; prints JSON.
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { Columns } from '../src/csv/columns.ts';
import { documentOf } from '../src/csv/document.ts';
import { eventToCsv } from './conversion.ts';
import { cpuInTurns } from './cpu.ts';
import { formats } from './formats.ts';
import { contactEvent } from './records.ts';
import { runAsFunction } from './run-as-function.ts';

runAsFunction(import.meta.url);

const rows = parse(await eventToCsv(contactEvent(10_000, formats.JSON.write))) as string[][];

const [header = [], ...cells] = rows;
const columns = new Columns();
const numbers = header.map((name) => columns.of(name));
const given = cells.map((one) => ({ columns: numbers, cells: one }));

const measured = await cpuInTurns(
  { ours: () => documentOf(given, columns).text, csvStringify: () => stringify(rows) },
  { rounds: 25, warmUps: 5 },
);
console.log(JSON.stringify(measured));
