// Measures the way from record to CSV here and on the JVM, in turns and on one core:
// `taskset --cpu-list 0 node bench/measure-jvm.ts json`; prints JSON.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { KafkaEvent } from '../src/kafka/event.ts';
import { eventToCsv } from './conversion.ts';
import { median } from './cpu.ts';
import { formats } from './formats.ts';
import { build, isBuilt, Java, type JvmRound } from './jvm/java.ts';
import { contactEvent } from './records.ts';
import { runAsFunction } from './run-as-function.ts';

runAsFunction(import.meta.url);

const format = process.argv[2] === 'envelope' ? 'envelope' : 'json';
const { write } = formats[format === 'json' ? 'JSON' : 'Connect JSON with schemas'];
const event = contactEvent(10_000, write);
/** Until the compiler of the JVM has nothing left to do. */
const warmUps = 40;
const rounds = 21;

const folder = mkdtempSync(join(tmpdir(), 'bench-jvm-'));
const recordsFile = join(folder, 'records');
writeFileSync(
  recordsFile,
  Buffer.concat(
    Object.values(event.records).flatMap((partition) =>
      partition.flatMap(({ value }) => {
        const bytes = Buffer.from(value ?? '', 'base64');
        const length = Buffer.alloc(4);
        length.writeInt32BE(bytes.length);
        return [length, bytes];
      }),
    ),
  ),
);

/** Java writes the double 1 as `1.0`. */
const cellsOf = (csv: string): string[][] =>
  (parse(csv) as string[][]).map((row) => row.map((cell) => cell.replace(/^(-?\d+)\.0$/, '$1')));

async function requireSameCsv(java: Java): Promise<void> {
  const path = join(folder, 'csv');
  await java.writeCsv(path);
  const [theirs, ours] = [readFileSync(path, 'utf8'), await eventToCsv(event)];
  if (theirs === ours) return;
  const isSame = JSON.stringify(cellsOf(theirs)) === JSON.stringify(cellsOf(ours));
  if (!isSame || format === 'json') throw new Error(`The JVM's CSV of ${format} is another.`);
}

/** What one round takes, in milliseconds; CPU with garbage collection. */
interface Cost {
  readonly wall: number;
  readonly cpu: number;
}

/** Parses the event too if it is text, as Lambda's runtime does before it calls the function. */
async function ourRound(given: KafkaEvent | string): Promise<Cost> {
  const [cpu, start] = [process.cpuUsage(), performance.now()];
  await eventToCsv(typeof given === 'string' ? (JSON.parse(given) as KafkaEvent) : given);
  const wall = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  return { wall, cpu: (user + system) / 1000 };
}

const medians = (costs: readonly Cost[]): Cost => ({
  wall: median(costs.map(({ wall }) => wall)),
  cpu: median(costs.map(({ cpu }) => cpu)),
});

/** The JVM counts its collections in whole milliseconds: only their mean says something. */
function jvmMedians(costs: readonly JvmRound[]): Cost {
  const collection = costs.reduce((sum, one) => sum + one.collection, 0) / costs.length;
  return medians(costs.map(({ wall, thread }) => ({ wall, cpu: thread + collection })));
}

if (!isBuilt()) build();
const text = JSON.stringify(event);
const java = new Java(format, recordsFile);
await requireSameCsv(java);
const jvm: JvmRound[] = [];
const ours: Cost[] = [];
const withEvent: Cost[] = [];
for (let round = 0; round < warmUps + rounds; round++) {
  jvm.push(await java.round());
  // The first round after Java's is dearer: the caches of the core are not ours.
  await eventToCsv(event);
  ours.push(await ourRound(event));
  withEvent.push(await ourRound(text));
}
await java.close();
rmSync(folder, { recursive: true });
console.log(
  JSON.stringify({
    format,
    jvm: jvmMedians(jvm.slice(warmUps)),
    ours: medians(ours.slice(warmUps)),
    withEvent: medians(withEvent.slice(warmUps)),
  }),
);
