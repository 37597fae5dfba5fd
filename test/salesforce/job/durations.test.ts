import { expect, it } from 'vitest';
import { JobDurations } from '../../../src/salesforce/job/durations.ts';

const duration = (rows: number, tookMs: number, at = tookMs) => ({ rows, tookMs, at });

it('the durations of the last two hundred jobs of each size are kept, oldest first', () => {
  const durations = new JobDurations();
  expect(durations.like(1000)).toEqual([]);
  durations.add(Array.from({ length: 201 }, (_, index) => duration(1000, index + 1)).reverse());
  durations.add([duration(10, 7)]);
  expect(durations.like(1000)).toEqual(Array.from({ length: 200 }, (_, index) => index + 2));
  expect(durations.like(10)).toEqual([7]);
});

it('a size is a power of two; one without jobs takes those of the next, the larger first', () => {
  const durations = new JobDurations();
  durations.add([duration(750, 5), duration(1400, 6)]);
  expect(durations.like(1024)).toEqual([5, 6]);
  expect(durations.like(500)).toEqual([5, 6]);
  durations.add([duration(200, 1)]);
  expect(durations.like(500)).toEqual([5, 6]);
  expect(durations.like(100)).toEqual([1]);
  expect(durations.like(10_000)).toEqual([]);
});

it('a job that two partitions of the ledger know counts once', () => {
  const durations = new JobDurations();
  durations.add([duration(10, 700, 1), duration(10, 700, 2)]);
  durations.add([duration(10, 700, 1), duration(11, 700, 1)]);
  expect(durations.like(10)).toHaveLength(3);
});
