import fc from 'fast-check';
import { expect, it } from 'vitest';
import { retryAfterMs, retryDelay } from '../../../src/runtime/http/retry.ts';

const maxDelayMs = 20_000;
const failed = { attempt: 1, maxRetries: 3, retryAfterMs: null, timeLeftMs: 60_000, random: 0.5 };

it('doubles the ceiling of the delay with each attempt', () => {
  const delays = [1, 2, 3].map((attempt) => retryDelay({ ...failed, attempt }));
  expect(delays).toEqual([250, 500, 1000]);
});

it('stops when the retries are used up', () => {
  expect(retryDelay({ ...failed, attempt: 4 })).toBeNull();
  expect(retryDelay({ ...failed, maxRetries: 0 })).toBeNull();
});

it('takes Retry-After as it is, also above the longest back-off', () => {
  expect(retryDelay({ ...failed, retryAfterMs: 30_000 })).toBe(30_000);
});

it('does not begin a wait that would outlast the time left', () => {
  expect(retryDelay({ ...failed, retryAfterMs: 61_000 })).toBeNull();
  expect(retryDelay({ ...failed, timeLeftMs: 100 })).toBeNull();
});

it('never waits beyond the longest back-off or the time left', () => {
  fc.assert(
    fc.property(
      fc.nat(12),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      fc.nat(100_000),
      (n, random, timeLeftMs) => {
        const delay = retryDelay({
          attempt: n + 1,
          maxRetries: 10,
          retryAfterMs: null,
          timeLeftMs,
          random,
        });
        if (delay === null) return;
        expect(delay).toBeGreaterThanOrEqual(0);
        expect(delay).toBeLessThanOrEqual(maxDelayMs);
        expect(delay).toBeLessThan(timeLeftMs);
      },
    ),
  );
});

it.each([
  ['seconds', '7', 7_000],
  ['a date', 'Thu, 01 Jan 1970 00:01:00 GMT', 59_000],
  ['a date that has passed', 'Thu, 01 Jan 1970 00:00:00 GMT', 0],
  ['nonsense', 'soon', null],
  ['nothing', undefined, null],
  ['a negative number', '-5', null],
  ['two values', ['1', '2'], null],
])('reads a Retry-After of %s', (_name, header, expected) => {
  expect(retryAfterMs(header, 1_000)).toBe(expected);
});
