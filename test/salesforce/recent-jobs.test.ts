import { expect, it } from 'vitest';
import { RecentJobs } from '../../src/salesforce/recent-jobs.ts';

it('the durations of the last five jobs are kept, oldest first', () => {
  const jobs = new RecentJobs();
  expect(jobs.tookMs).toEqual([]);
  for (const ms of [1, 2, 3, 4, 5]) jobs.add(ms);
  expect(jobs.tookMs).toEqual([1, 2, 3, 4, 5]);
  for (const ms of [6, 7]) jobs.add(ms);
  expect(jobs.tookMs).toEqual([3, 4, 5, 6, 7]);
});
