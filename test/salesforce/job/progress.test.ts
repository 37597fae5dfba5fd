import { expect, it } from 'vitest';
import { remainingTime } from '../../../src/salesforce/job/progress.ts';

const after = (processed: number | null, ms = 10_000) =>
  remainingTime({ processed, rows: 1000 }, ms);

it('is unknown until a row is counted', () => {
  expect([after(null), after(0)]).toEqual([null, null]);
});

it('follows the pace, with a part of a chunk beyond the rows that are counted', () => {
  expect(after(200)).toBeCloseTo((10_000 / 260) * 740 + 200);
  expect(after(400)).toBeLessThan(after(200) ?? 0);
});

it('is short, and not unknown, when all rows are processed and the job has not ended', () => {
  expect(after(1000)).toBe(200);
  expect(after(1000, 20_000)).toBe(400);
});
