import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nextWait } from '../../../src/salesforce/job/next-wait.ts';

const limits = { maxWaits: 60, maxWaitMs: 60_000 };
const nothing = { pollTimes: [], remainingMs: null, isChunked: false, hasJustBegun: false };
const start = { waits: 0, elapsedMs: 0, timeLeftMs: 800_000, ...nothing };

/** The times of the first polls, in seconds. */
function pollsOf(state: typeof start, count: number): number[] {
  const times: number[] = [];
  let elapsedMs = 0;
  for (let waits = 0; waits < count; waits++) {
    elapsedMs += nextWait({ ...state, waits, elapsedMs, timeLeftMs: 1e9 }, limits) ?? 0;
    times.push(elapsedMs / 1000);
  }
  return times;
}

it('begins with a second and grows up to the limit while nothing is known', () => {
  expect(pollsOf(start, 4)).toEqual([1, 1.5, 2.25, 3.375]);
  expect(pollsOf(start, 14).slice(-2)).toEqual([
    expect.closeTo(129.7, 0),
    expect.closeTo(189.7, 0),
  ]);
});

it('begins with two seconds for a job of several chunks, and grows fast once when it is processed', () => {
  const chunked = { ...start, isChunked: true };
  expect(pollsOf(chunked, 4)).toEqual([2, 3, 4.5, 6.75]);
  const begun = { ...chunked, waits: 3, elapsedMs: 4500, hasJustBegun: true };
  expect(nextWait(begun, limits)).toBe(18_000);
  expect(nextWait({ ...begun, hasJustBegun: false }, limits)).toBe(2250);
});

it('goes to the next time at which earlier jobs had ended', () => {
  const known = { ...start, pollTimes: [4000, 4100, 9000] };
  expect(nextWait(known, limits)).toBe(4000);
  // A poll so soon after this one would be for nothing.
  expect(nextWait({ ...known, waits: 1, elapsedMs: 4000 }, limits)).toBe(5000);
});

it('follows the progress of the job when it takes longer than all before, or none was before', () => {
  const late = { ...start, pollTimes: [4000], waits: 1, elapsedMs: 4000, remainingMs: 1300 };
  expect(nextWait(late, limits)).toBe(1300);
  expect(nextWait({ ...late, pollTimes: [] }, limits)).toBe(1300);
  expect(nextWait({ ...late, pollTimes: [9000] }, limits)).toBe(5000);
  expect(nextWait({ ...late, elapsedMs: 4010, remainingMs: 3 }, limits)).toBe(250);
});

it('grows from a tenth of the longest duration for a late job without progress', () => {
  const late = { ...start, pollTimes: [8000], waits: 1 };
  expect(nextWait({ ...late, elapsedMs: 8000 }, limits)).toBe(800);
  expect(nextWait({ ...late, elapsedMs: 12_000 }, limits)).toBe(2000);
});

it('ends when the steps or the time are used up', () => {
  expect(nextWait({ ...start, waits: 60 }, limits)).toBeNull();
  expect(nextWait({ ...start, timeLeftMs: 0 }, limits)).toBeNull();
});

it('never waits past the time left, nor longer than the limit', () => {
  const times = fc.nat(900_000);
  fc.assert(
    fc.property(
      ...[fc.nat(59), times, times, fc.array(times, { maxLength: 5 }), fc.option(times)],
      fc.record({ isChunked: fc.boolean(), hasJustBegun: fc.boolean() }),
      (waits, elapsedMs, timeLeftMs, pollTimes, remainingMs, progress) => {
        const ascending = pollTimes.toSorted((one, other) => one - other);
        const known = { pollTimes: ascending, remainingMs, ...progress };
        const state = { waits, elapsedMs, timeLeftMs, ...known };
        const wait = nextWait(state, limits);
        expect(wait === null).toBe(timeLeftMs === 0);
        if (wait === null) return;
        expect(wait).toBeGreaterThan(0);
        expect(wait).toBeLessThanOrEqual(Math.min(timeLeftMs, limits.maxWaitMs));
      },
    ),
  );
});

it('reaches beyond the longest timeout of a function within the default steps', () => {
  expect(pollsOf(start, 60).at(-1)).toBeGreaterThan(840);
});
