// Measures one size and format, or one odd table, in a process of its own:
// `node bench/measure-conversion.ts 10000 Avro`, `node bench/measure-conversion.ts 0 'every cell quoted'`;
// prints JSON.
import { eventToCsv, floor } from './conversion.ts';
import { cpuMs, median } from './cpu.ts';
import { type FormatName, formats } from './formats.ts';
import { type OddTableName, oddEvent, oddTables } from './odd-tables.ts';
import { contactEvent } from './records.ts';

const name = process.argv[3] ?? 'JSON';
const isOdd = Object.hasOwn(oddTables, name);
const { write, read } = isOdd ? formats.JSON : formats[name as FormatName];
const event = isOdd ? oddEvent(name as OddTableName) : contactEvent(Number(process.argv[2]), write);
const count = Object.values(event.records).reduce((sum, { length }) => sum + length, 0);
/** Enough rounds for a steady figure at every size. */
const rounds = 20;

/** Small events are converted several times in a round: the clock of the CPU is coarse. */
const repeats = isOdd ? 1 : Math.ceil(2_000 / count);
const repeated = (work: () => unknown) => async () => {
  for (let time = 0; time < repeats; time++) await work();
};

const first = await cpuMs(() => eventToCsv(event));
for (let round = 0; round < 5; round++) await cpuMs(() => floor(event, read));
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
    medianMs: median(ours),
    floorMs: median(least),
  }),
);
