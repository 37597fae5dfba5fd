// `npm run bench`: how fast, how large, how much memory. Figures, no pass or fail.
import { cpus } from 'node:os';
import { median } from './cpu.ts';
import { formats } from './formats.ts';
import { growing } from './growth.ts';
import { build, missingCommand } from './jvm/java.ts';
import { loadedSize } from './loaded.ts';
import { oddTables } from './odd-tables.ts';
import { run } from './run.ts';
import { conversionRow, flushRow, growthRow, jvmRow, whole } from './table-rows.ts';
import { rows as waitRows } from './waits/waits.ts';

function importMs(): number {
  const times = Array.from({ length: 15 }, () => {
    return run<{ importMs: number }>('./measure-import.ts', 'dist/sink.mjs').importMs;
  });
  return median(times);
}

console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim()}\n`);
console.log('From event to CSV (one process for each size, median of many rounds):');
console.table([10_000, 1_000, 100].map((size) => conversionRow(size, 'JSON')));
console.log('The same contacts in each format:');
console.table(Object.keys(formats).map((format) => conversionRow(10_000, format)));
console.log('Odd tables in JSON:');
console.table(Object.keys(oddTables).map((name) => conversionRow(0, name)));
console.log(
  'A whole flush with ledger, of 10,000 records; Salesforce and DynamoDB answer at once:',
);
console.table(['insert', 'upsert'].map(flushRow));

console.log('A flush with ledger, as a batch has more of something:');
console.table(Object.keys(growing).map(growthRow));

const missing = missingCommand();
if (missing === null) {
  console.log("From record to CSV by Kafka Connect's JsonConverter and commons-csv, in turns:");
  build();
  console.table(['json', 'envelope'].map(jvmRow));
} else {
  console.log(`The comparison with the JVM is left out: no ${missing}.\n`);
}

const loaded = loadedSize('dist/sink.mjs');
const quoting = run<{ ours: number; csvStringify: number }>('./measure-quoting.ts');
const transform = run<{ cpuMs: number }>('./measure-transform.ts');
const { peakMb } = run<{ peakMb: number }>('./measure-memory.ts', '10000');
console.table([
  { figure: 'peak memory, 10,000 records', value: `${whole(peakMb)} MB` },
  { figure: 'cells to CSV, csv-stringify where needed', value: `${quoting.ours.toFixed(1)} ms` },
  {
    figure: 'cells to CSV, csv-stringify throughout',
    value: `${quoting.csvStringify.toFixed(1)} ms`,
  },
  {
    figure: 'TRANSFORM of five fields, 10,000 records, CPU',
    value: `${whole(transform.cpuMs)} ms`,
  },
  { figure: 'loaded before the first event', value: `${whole(loaded.bytes / 1000)} KB` },
  { figure: 'the same, gzipped', value: `${whole(loaded.gzipped / 1000)} KB` },
  {
    figure: 'import in a fresh process, CPU, with a login that fails at once',
    value: `${whole(importMs())} ms`,
  },
]);

console.log('Looks a job / lag as a share of its duration, 4,000 simulated jobs:');
console.table(waitRows);
