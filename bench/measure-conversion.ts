// Measures one size and format in a process of its own:
// `node bench/measure-conversion.ts 10000 Avro`; prints JSON.
import { eventToCsv, floor } from './conversion.ts';
import { cpuMs, median } from './cpu.ts';
import { type FormatName, formats } from './formats.ts';
import { contactEvent } from './records.ts';

const count = Number(process.argv[2]);
const { write, read } = formats[(process.argv[3] ?? 'JSON') as FormatName];
const event = contactEvent(count, write);
/** Enough rounds for a steady figure at every size. */
const rounds = 20;

/** Small events are converted several times in a round: the clock of the CPU is coarse. */
const repeats = Math.ceil(2_000 / count);
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
