// Measures one size and format, or one odd table, in a process with the NODE_OPTIONS of the function:
// `node bench/measure-conversion.ts 10000 Avro`, `node bench/measure-conversion.ts 0 'every cell quoted'`;
// prints JSON.
import { eventToCsv, floor } from './conversion.ts';
import { cpuInTurns, cpuMs } from './cpu.ts';
import { type FormatName, formats } from './formats.ts';
import { type OddTableName, oddEvent, oddTables } from './odd-tables.ts';
import { contactEvent } from './records.ts';
import { runAsFunction } from './run-as-function.ts';

runAsFunction(import.meta.url);

const name = process.argv[3] ?? 'JSON';
const isOdd = Object.hasOwn(oddTables, name);
const { write, read } = isOdd ? formats.JSON : formats[name as FormatName];
const event = isOdd ? oddEvent(name as OddTableName) : contactEvent(Number(process.argv[2]), write);
const count = Object.values(event.records).reduce((sum, { length }) => sum + length, 0);

/** Small events are converted several times in a round. */
const repeats = isOdd ? 1 : Math.ceil(2_000 / count);
const repeated = (work: () => unknown) => async () => {
  for (let time = 0; time < repeats; time++) await work();
};

const first = await cpuMs(() => eventToCsv(event));
const { least, ours } = await cpuInTurns(
  { least: repeated(() => floor(event, read)), ours: repeated(() => eventToCsv(event)) },
  { rounds: 50, warmUps: 10 },
);

console.log(
  JSON.stringify({
    count,
    eventBytes: JSON.stringify(event).length,
    csvBytes: Buffer.byteLength(await eventToCsv(event)),
    firstMs: first,
    cpuMs: ours / repeats,
    floorMs: least / repeats,
  }),
);
