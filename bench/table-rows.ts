import { run, runOnOneCore } from './run.ts';

interface Conversion {
  readonly count: number;
  readonly eventBytes: number;
  readonly csvBytes: number;
  readonly firstMs: number;
  readonly cpuMs: number;
  readonly floorMs: number;
}

/** With commas between thousands. */
export const whole = (number: number): string => Math.round(number).toLocaleString('en');
const megabytes = (bytes: number): string => (bytes / 1024 / 1024).toFixed(2);

/** A format or an odd table, from event to CSV. */
export function conversionRow(size: number, format: string): Record<string, string> {
  const { count, eventBytes, csvBytes, firstMs, cpuMs, floorMs } = run<Conversion>(
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
    'CPU ms': cpuMs.toFixed(1),
    'records/s': whole((count / cpuMs) * 1000),
    'floor ms': floorMs.toFixed(1),
    'times the floor': (cpuMs / floorMs).toFixed(2),
  };
}

/** A whole flush. */
export function flushRow(operation: string): Record<string, string> {
  const { cpuMs, floorMs } = run<{ cpuMs: number; floorMs: number }>(
    './measure-flush.ts',
    operation,
  );
  return {
    operation,
    'CPU ms': cpuMs.toFixed(1),
    'floor ms': floorMs.toFixed(1),
    'times the floor': (cpuMs / floorMs).toFixed(2),
  };
}

/** How a cost grows beside an amount: 1 is in proportion. */
const growth = (ms: readonly number[], amounts: readonly number[], at: number): string => {
  const ratio = (some: readonly number[]) => (some[at] ?? 0) / (some[at - 1] ?? 0);
  return (ratio(ms) / ratio(amounts)).toFixed(2);
};

/** How the CPU of a flush grows. */
export function growthRow(what: string): Record<string, string> {
  const { amounts, ms } = run<{ amounts: number[]; ms: number[] }>('./measure-growth.ts', what);
  return {
    of: what,
    amounts: amounts.map(whole).join(' / '),
    'CPU ms': ms.map((one) => one.toFixed(1)).join(' / '),
    'per unit, n to 3 n': growth(ms, amounts, 1),
    '3 n to 10 n': growth(ms, amounts, 2),
  };
}

/** Milliseconds of a round. */
interface Cost {
  readonly cpu: number;
  readonly wall: number;
}

/** The way from record to CSV here and on the JVM. */
export function jvmRow(format: string): Record<string, string> {
  const { jvm, ours, withEvent } = runOnOneCore<Record<'jvm' | 'ours' | 'withEvent', Cost>>(
    './measure-jvm.ts',
    format,
  );
  const ms = ({ cpu, wall }: Cost): string => `${cpu.toFixed(1)} / ${wall.toFixed(1)}`;
  const ratio = (one: Cost): string =>
    `${(one.cpu / jvm.cpu).toFixed(2)} / ${(one.wall / jvm.wall).toFixed(2)}`;
  return {
    format,
    'JVM, CPU / wall ms': ms(jvm),
    ours: ms(ours),
    'ours / JVM': ratio(ours),
    "with the event's JSON.parse": ratio(withEvent),
  };
}
