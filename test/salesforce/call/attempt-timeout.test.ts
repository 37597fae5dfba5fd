import { expect, it } from 'vitest';
import { attemptTimeLimits } from '../../../src/salesforce/call/attempt-timeout.ts';

it.each([
  ['has the longest time for a call', false, 840_000, 60_000, 60_000, 60_000],
  ['leaves time for another', false, 20_000, 60_000, 10_000, 10_000],
  ['has all that is left if it is the last', true, 20_000, 60_000, 20_000, 20_000],
  ['has whole milliseconds', true, 1_234.5, 60_000, 1_235, 1_235],
  ['has a millisecond at least', true, 0, 60_000, 1, 1],
  ['that may go on may be silent for half of it', false, 840_000, null, 840_000, 420_000],
  ['that may go on may be silent to the end if it is the last', true, 9_000, null, 9_000, 9_000],
])('an attempt %s', (_what, isLast, leftMs, longestMs, timeoutMs, silenceMs) => {
  expect(attemptTimeLimits({ isLast, leftMs, longestMs })).toEqual({ timeoutMs, silenceMs });
});
