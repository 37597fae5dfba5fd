import { expect, it } from 'vitest';
import { checkTolerance } from '../../src/delivery/tolerance.ts';
import type { ErrantRecord } from '../../src/kafka/errant-record.ts';

const errantsOf = (count: number): ErrantRecord[] =>
  Array.from({ length: count }, (_, offset) => ({
    record: { topic: 't', partition: 0, offset, timestamp: 0 },
    stage: 'decode',
    code: 'TOMBSTONE',
    reason: 'none',
    rejection: null,
  }));

it('a flush without errant records continues', () => {
  expect(() =>
    checkTolerance({ received: 2, errants: [], tolerance: 'none', jobs: 0 }),
  ).not.toThrow();
});

it('a flush continues without its errant records where they are tolerated', () => {
  expect(() =>
    checkTolerance({ received: 6, errants: errantsOf(5), tolerance: 'all', jobs: 0 }),
  ).not.toThrow();
});

it.each([
  [5, /t-0@4 TOMBSTONE: none\. No job was created/],
  [6, /t-0@4 TOMBSTONE: none; and 1 more\. No job was created/],
])('of %i errant records the error names five', (count, message) => {
  const fact = { received: 9, errants: errantsOf(count), tolerance: 'none', jobs: 0 } as const;
  expect(() => checkTolerance(fact)).toThrow(message);
});

it('the error does not say that there was no job when there was one', () => {
  const fact = { received: 9, errants: errantsOf(1), tolerance: 'none', jobs: 1 } as const;
  expect(() => checkTolerance(fact)).toThrow(/t-0@0 TOMBSTONE: none\. Correct/);
});
