// `npm run bench`: how fast, how large, how much memory. Figures, no pass or fail.
import { cpus } from 'node:os';
import type { Cold } from './cold.ts';
import { formats } from './formats.ts';
import { growing } from './growth.ts';
import { build, missingCommand } from './jvm/java.ts';
import { loadedSize } from './loaded.ts';
import type { Memory } from './measure-process.ts';
import { oddTables } from './odd-tables.ts';
import { readBuilds } from './read-builds.ts';
import { run } from './run.ts';
import { conversionRow, flushRow, growthRow, jvmRow, whole } from './table-rows.ts';
import { rows as waitRows } from './waits/waits.ts';

/** Builds whose start is measured: this one, and one to compare it with: `npm run bench -- PATH`. */
const builds = ['dist/sink.mjs', ...readBuilds()];

console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim()}\n`);
console.log('From event to CSV (one process for each size, mean of many rounds):');
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
console.table([
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
]);

console.log('Cold processes, in turns:');
const imports = run<number[]>('./measure-import.ts', '15', ...builds);
console.table(
  run<Cold[]>('./measure-cold.ts', '21', ...builds).map((cold, index) => ({
    build: builds[index],
    'start to job created, ms': whole(cold.createdMs),
    'import and first call, CPU ms': whole(imports[index] ?? Number.NaN),
    'until the reply, CPU ms': whole(cold.replyMs),
  })),
);
console.log('Peak memory of a process, five flushes of 6 MB with upload, results and ledger:');
console.table(
  builds.map((build) => {
    const { firstMb, warmMb } = run<Memory>('./measure-process.ts', build);
    return { build, 'first, MB': whole(firstMb), 'after five, MB': whole(warmMb) };
  }),
);

console.log('Polls a job / lag as a share of its duration, 2,000 simulated jobs:');
console.table(waitRows);
