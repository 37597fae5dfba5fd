import { expect, it } from 'vitest';
import { sink } from '../../../bench/waits/schedules.ts';
import { simulate } from '../../../bench/waits/simulation.ts';

it('the time that a poll takes does not make later polls later', async () => {
  const always = () => ({ rows: 1000, tookMs: 8000 });
  const waits = sink({ queued: 0, counts: false, wireMs: 200 });
  const { polls, lag } = await simulate(always, waits, { jobs: 300 });
  expect(polls).toBeLessThan(1.1);
  // The wire alone is more than one hundredth.
  expect(lag).toBeLessThan(0.04);
});
