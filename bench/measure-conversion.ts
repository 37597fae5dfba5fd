// Measures one size and format, or one odd table, in a process with the NODE_OPTIONS of the function:
// `node bench/measure-conversion.ts 10000 Avro`, `node bench/measure-conversion.ts 0 'every cell quoted'`;
// prints JSON.
import { eventToCsv, floor } from './conversion.ts';
import { cpuMs, meanOf } from './cpu.ts';
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
const [warmUps, rounds] = [10, 50];

/** Small events are converted several times in a round. */
const repeats = isOdd ? 1 : Math.ceil(2_000 / count);
const repeated = (work: () => unknown) => async () => {
  for (let time = 0; time < repeats; time++) await work();
};

const first = await cpuMs(() => eventToCsv(event));
const ours: number[] = [];
const least: number[] = [];
for (let round = 0; round < rounds; round++) {
  least.push((await cpuMs(repeated(() => floor(event, read)))) / repeats);
  ours.push((await cpuMs(repeated(() => eventToCsv(event)))) / repeats);
}

console.log(
  JSON.stringify({
    count,
    eventBytes: JSON.stringify(event).length,
    csvBytes: Buffer.byteLength(await eventToCsv(event)),
    firstMs: first,
    cpuMs: meanOf(ours, warmUps),
    floorMs: meanOf(least, warmUps),
  }),
);
