import fc from 'fast-check';
import { expect, it } from 'vitest';
import { estimateDuration } from '../../../src/salesforce/job/estimate-duration.ts';

it.each<[string, number | null, number, number, number]>([
  ['the middle of two polls, of a job that does not say when', null, 10_000, 6000, 8000],
  ['what the job says, where polls say no more', 3000, 10_000, 0, 7000],
  ['the middle of what the job says and a poll that saw it running', 3000, 10_000, 6800, 7400],
  ['the middle of two polls, where the job says no more', 1000, 8300, 7800, 8050],
  ['half of the time of a small job that ended about a second ago', 1000, 1000, 0, 500],
  ['the poll that saw its end at once', 0, 8300, 0, 8300],
  ['that poll, if the one before was long ago', 0, 8300, 7300, 8300],
  ['the middle of that poll and the one just before', 0, 8300, 7800, 8050],
  ['no earlier than it was seen running, whatever it says', 5000, 8300, 7800, 7800],
])('the duration of a job is %s', (_what, changedAgoMs, elapsedMs, runningMs, tookMs) => {
  expect(estimateDuration({ changedAgoMs }, elapsedMs, { runningMs })).toBe(tookMs);
});

it('the duration of a job is never outside the two polls', () => {
  const times = fc.nat(100_000);
  fc.assert(
    fc.property(times, times, fc.option(fc.nat(200)), (runningMs, waitMs, seconds) => {
      const changedAgoMs = seconds === null ? null : seconds * 1000;
      const elapsedMs = runningMs + waitMs;
      const tookMs = estimateDuration({ changedAgoMs }, elapsedMs, { runningMs });
      expect(tookMs).toBeGreaterThanOrEqual(runningMs);
      expect(tookMs).toBeLessThanOrEqual(elapsedMs);
    }),
  );
});
