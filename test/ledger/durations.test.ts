import { expect, it } from 'vitest';
import { addDurations } from '../../src/ledger/durations.ts';
import { emptyPartition, type LedgerState } from '../../src/ledger/state.ts';
import { sizeOf } from '../../src/salesforce/job/durations.ts';
import { records } from './states.ts';

const empty: LedgerState = new Map([['contacts-0', emptyPartition('contacts', 0, false)]]);
const event = records(0, 0);

/** Durations of jobs of these many rows, one after the other. */
const jobsOf = (rows: number, count: number, from: number) =>
  Array.from({ length: count }, (_, n) => ({ rows, tookMs: 1_000 + n, at: from + n }));

const add = (state: LedgerState, durations: ReturnType<typeof jobsOf>) =>
  addDurations(state, event, { durations, sizeOf });

const rowsIn = (state: LedgerState) =>
  [...state.values()].flatMap(({ durations }) => durations.map(({ rows }) => rows));

const count = (state: LedgerState, rows: number) =>
  rowsIn(state).filter((one) => one === rows).length;

it('an item keeps the newest durations of one size, as many as it has room for', () => {
  const state = add(add(empty, jobsOf(600, 40, 0)), jobsOf(600, 2, 100));
  const [partition] = [...state.values()];
  expect(partition?.durations).toHaveLength(32);
  expect(partition?.durations.at(-1)).toEqual({ rows: 600, tookMs: 1_001, at: 101 });
  expect(partition?.durations[0]).toEqual({ rows: 600, tookMs: 1_010, at: 10 });
});

it('a flush with many small jobs leaves those of another size in the item', () => {
  let state = add(empty, jobsOf(600, 40, 0));
  for (let flush = 1; flush <= 5; flush++) state = add(state, jobsOf(1, 36, flush * 1_000));
  expect([count(state, 600), count(state, 1)]).toEqual([16, 16]);
  const [partition] = [...state.values()];
  const times = partition?.durations.map(({ at }) => at) ?? [];
  expect(times.toSorted((one, other) => one - other)).toEqual(times);
});
