// `npm run bench`: how fast, how large, how much memory. Figures, no pass or fail.
import { execFileSync } from 'node:child_process';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { median } from './cpu.ts';
import { formats } from './formats.ts';
import { loadedSize } from './loaded.ts';
import { rows as waitRows } from './waits/waits.ts';

const environment = {
  ...process.env,
  SALESFORCE_OBJECT: 'Contact',
  SALESFORCE_URI: 'https://example.my.salesforce.com',
  SALESFORCE_SECRET_ID: 'bench',
  AWS_REGION: 'eu-west-1',
};

function run<T>(script: string, ...args: string[]): T {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const options = { encoding: 'utf8', env: environment } as const;
  return JSON.parse(execFileSync(process.execPath, ['--no-warnings', path, ...args], options)) as T;
}

interface Conversion {
  readonly count: number;
  readonly eventBytes: number;
  readonly csvBytes: number;
  readonly firstMs: number;
  readonly medianMs: number;
  readonly floorMs: number;
}

const whole = (number: number): string => Math.round(number).toLocaleString('en');
const megabytes = (bytes: number): string => (bytes / 1024 / 1024).toFixed(2);

function conversionRow(size: number, format: string): Record<string, string> {
  const { count, eventBytes, csvBytes, firstMs, medianMs, floorMs } = run<Conversion>(
    './measure-conversion.ts',
    String(size),
    format,
  );
  return {
    format,
    records: whole(count),
    'event MB': megabytes(eventBytes),
    'CSV MB': megabytes(csvBytes),
    'first, CPU ms': firstMs.toFixed(1),
    'median, CPU ms': medianMs.toFixed(1),
    'records/s': whole((count / medianMs) * 1000),
    'floor ms': floorMs.toFixed(1),
    'times the floor': (medianMs / floorMs).toFixed(2),
  };
}

function importMs(): number {
  const times = Array.from({ length: 15 }, () => {
    return run<{ importMs: number }>('./measure-import.ts', 'dist/sink.mjs').importMs;
  });
  return median(times);
}

function flushRow(operation: string): Record<string, string> {
  const { medianMs, floorMs } = run<{ medianMs: number; floorMs: number }>(
    './measure-flush.ts',
    operation,
  );
  return {
    operation,
    'CPU ms': medianMs.toFixed(1),
    'floor ms': floorMs.toFixed(1),
    'times the floor': (medianMs / floorMs).toFixed(2),
  };
}

console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim()}\n`);
console.log('From event to CSV (one process for each size, median of many rounds):');
console.table([10_000, 1_000, 100].map((size) => conversionRow(size, 'JSON')));
console.log('The same contacts in each format:');
console.table(Object.keys(formats).map((format) => conversionRow(10_000, format)));
console.log(
  'A whole flush with ledger, of 10,000 records; Salesforce and DynamoDB answer at once:',
);
console.table(['insert', 'upsert'].map(flushRow));

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
  { figure: 'import in a fresh process, CPU', value: `${whole(importMs())} ms` },
]);

console.log('Looks a job / lag as a share of its duration, 4,000 simulated jobs:');
console.table(waitRows);
