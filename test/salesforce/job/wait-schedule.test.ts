import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nextWait } from '../../../src/salesforce/job/wait-schedule.ts';

const limits = { maxWaits: 60, maxWaitMs: 20_000 };
const start = { waits: 0, elapsedMs: 0, timeLeftMs: 800_000, recentJobsMs: [] };

it('begins short and grows up to the limit', () => {
  const waits = [0, 1, 2, 8, 9, 20].map((waits) => nextWait({ ...start, waits }, limits));
  expect(waits).toEqual([500, 750, 1125, 12_815, 19_222, 20_000]);
});

it('goes right to when recent jobs were done', () => {
  const recentJobsMs = [9_000, 3_000, 4_000];
  expect(nextWait({ ...start, recentJobsMs }, limits)).toBe(4_000);
  expect(nextWait({ ...start, recentJobsMs, waits: 1, elapsedMs: 4_000 }, limits)).toBe(750);
});

it('ends when the steps or the time are used up', () => {
  expect(nextWait({ ...start, waits: 60 }, limits)).toBeNull();
  expect(nextWait({ ...start, timeLeftMs: 0 }, limits)).toBeNull();
});

it('never waits past the time left, nor longer than the limit', () => {
  fc.assert(
    fc.property(
      fc.nat(59),
      fc.nat(900_000),
      fc.array(fc.nat(900_000), { maxLength: 5 }),
      (waits, timeLeftMs, recentJobsMs) => {
        const wait = nextWait({ ...start, waits, timeLeftMs, recentJobsMs }, limits);
        expect(wait === null).toBe(timeLeftMs === 0);
        if (wait === null) return;
        expect(wait).toBeGreaterThan(0);
        expect(wait).toBeLessThanOrEqual(Math.min(timeLeftMs, limits.maxWaitMs));
      },
    ),
  );
});

it('reaches beyond the longest timeout of a function within the default steps', () => {
  const total = Array.from(
    { length: 60 },
    (_, waits) => nextWait({ ...start, waits, timeLeftMs: 1e9 }, limits) ?? 0,
  );
  expect(total.reduce((sum, wait) => sum + wait, 0)).toBeGreaterThan(840_000);
});
