import { describe, expect, it } from 'vitest';
import { supersededIn } from '../../src/delivery/superseded.ts';
import type { LedgerJob, OffsetRange } from '../../src/ledger/state.ts';
import type { Row } from '../../src/rows/row.ts';
import { recordAt, rowAt } from './given/rows.ts';

const jobOf = (id: string, ...ranges: OffsetRange[]): LedgerJob => ({
  ...{ id, rows: 1, records: 1, ranges, firstTime: 7, lastTime: 7, at: 0 },
});

const keyOf = ({ cells: [key = ''] }: Row) => (key === '' ? null : { group: key, exact: key });

const memoryOf = (jobs: readonly LedgerJob[]) =>
  new Map(
    [0, 1].map((partition) => [
      `t-${partition}`,
      {
        topic: 't',
        partition,
        version: 1,
        settled: [],
        errants: [],
        deleted: [],
        durations: [],
        jobs,
        sparse: false,
      },
    ]),
  );

/** Whether record 0, which job `one` did not write, must not be sent any more. */
function isSuperseded(
  keys: readonly string[],
  jobs: readonly LedgerJob[],
  partitions: readonly number[] = [],
): boolean {
  const rows = keys.map((key, offset) => ({
    ...rowAt(offset, 'x', key),
    records: [recordAt(offset, partitions[offset])],
  }));
  const first = rows[0]?.records[0] ?? recordAt(0);
  return supersededIn(rows, keyOf, memoryOf(jobs))(first, 'one');
}

describe('a record that an earlier job did not write', () => {
  it('is superseded by a later one of its key in a later job', () => {
    const jobs = [jobOf('one', [0, 0]), jobOf('two', [1, 1])];
    expect(isSuperseded(['A', 'A'], jobs)).toBe(true);
  });

  it('is superseded even if later records of its key are in none', () => {
    const jobs = [jobOf('one', [0, 0]), jobOf('two', [1, 1])];
    expect(isSuperseded(['A', 'A', 'A', 'A'], jobs)).toBe(true);
  });

  it('is not superseded by one that no later job has', () => {
    expect(isSuperseded(['A', 'A'], [jobOf('one', [0, 1])])).toBe(false);
    expect(isSuperseded(['A', 'A'], [jobOf('one', [0, 0]), jobOf('one', [1, 1])])).toBe(false);
    const before = [jobOf('zero', [1, 1]), jobOf('one', [0, 0])];
    expect(isSuperseded(['A', 'A'], before)).toBe(false);
  });

  it('is not superseded by one of another key or partition, or without a key', () => {
    const jobs = [jobOf('one', [0, 0]), jobOf('two', [1, 1])];
    expect(isSuperseded(['A', 'B'], jobs)).toBe(false);
    expect(isSuperseded(['', ''], jobs)).toBe(false);
    expect(isSuperseded(['A', 'A', 'B'], jobs, [0, 1, 0])).toBe(false);
  });

  it('is not superseded by records of later jobs that are unavailable', () => {
    const jobs = [jobOf('one', [0, 0]), jobOf('two', [5, 5])];
    expect(isSuperseded(['A', 'B'], jobs)).toBe(false);
  });

  it('is not superseded by a job of another time, when the topic was recreated', () => {
    const recreated = { ...jobOf('two', [1, 1]), firstTime: 99, lastTime: 99 };
    expect(isSuperseded(['A', 'A'], [jobOf('one', [0, 0]), recreated])).toBe(false);
  });
});

it('10,000 records of one key are known in no time', () => {
  const rows = Array.from({ length: 10_000 }, (_, offset) => rowAt(offset));
  const started = Date.now();
  const superseded = supersededIn(rows, keyOf, memoryOf([jobOf('one', [0, 9_999])]));
  const those = rows.filter(({ records }) => records.some((one) => superseded(one, 'one')));
  expect(those).toEqual([]);
  expect(Date.now() - started).toBeLessThan(2_000);
});
