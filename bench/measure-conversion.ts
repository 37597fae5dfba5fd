// Measures one size and format in a process of its own:
// `node bench/measure-conversion.ts 10000 Avro`; prints JSON.
import { eventToCsv, floor } from './conversion.ts';
import { type FormatName, formats } from './formats.ts';
import { contactEvent } from './records.ts';

const count = Number(process.argv[2]);
const { write, read } = formats[(process.argv[3] ?? 'JSON') as FormatName];
const event = contactEvent(count, write);
/** Enough rounds for a steady figure at every size. */
const rounds = Math.max(15, Math.ceil(200_000 / count));

async function timed(work: () => string | Promise<string>): Promise<number> {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}

const median = (times: number[]): number =>
  times.toSorted((one, other) => one - other)[Math.floor(times.length / 2)] ?? Number.NaN;

const first = await timed(() => eventToCsv(event));
for (let round = 0; round < 5; round++) await timed(() => floor(event, read));
const ours: number[] = [];
const least: number[] = [];
for (let round = 0; round < rounds; round++) {
  least.push(await timed(() => floor(event, read)));
  ours.push(await timed(() => eventToCsv(event)));
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
