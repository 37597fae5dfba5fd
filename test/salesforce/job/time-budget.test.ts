import fc from 'fast-check';
import { expect, it } from 'vitest';
import { timeBudget } from '../../../src/salesforce/job/time-budget.ts';

const clock = { now: () => 0, sleep: async () => undefined };

const budgetOf = (remainingMs: number) => {
  const { waits, calls, last } = timeBudget(clock, remainingMs);
  return [waits.at, calls.at, last.at];
};

it('keeps back at most 0.5 s, 15 s and 5 s of a long time', () => {
  expect(budgetOf(840_000)).toEqual([819_500, 824_500, 839_500]);
});

it('keeps back 2 %, 15 % and 5 % of a short time', () => {
  expect(budgetOf(10_000)).toEqual([7_800, 8_300, 9_800]);
});

it('leaves time for every step, in their order', () => {
  fc.assert(
    fc.property(fc.double({ min: 1, max: 900_000, noNaN: true }), (remainingMs) => {
      const [waits = 0, calls = 0, last = 0] = budgetOf(remainingMs);
      expect(0 < waits && waits < calls && calls < last && last < remainingMs).toBe(true);
    }),
  );
});
