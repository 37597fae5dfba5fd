// Measures how the CPU of a flush grows with what a batch has: `node bench/measure-growth.ts records`;
// prints JSON.
import { cpuMs, median } from './cpu.ts';
import { type Growing, growing } from './growth.ts';
import { instantSink } from './instant-sink.ts';

const { amounts, settings, judge, event } = growing[process.argv[2] ?? 'records'] as Growing;
const events = amounts.map(event);
const rounds = 7;
const costs: number[][] = amounts.map(() => []);
for (let round = 0; round < rounds; round++) {
  for (const [at, given] of events.entries()) {
    // A sink that has seen no batch yet: waits and descriptions are those of a first flush.
    const invoke = instantSink(settings, judge);
    costs[at]?.push(await cpuMs(() => invoke(given, 840_000)));
  }
}
// The first rounds compile the code.
console.log(JSON.stringify({ amounts, ms: costs.map((some) => median(some.slice(2))) }));
