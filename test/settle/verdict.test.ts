import { describe, expect, it } from 'vitest';
import {
  type Fact,
  factOf,
  type Moment,
  transientCodes,
  type Verdict,
  verdicts,
} from '../../src/settle/verdict.ts';

type Line = readonly [fact: Fact, earlier: Verdict, early: Verdict, late: Verdict, last: Verdict];

/** ERRORS_TOLERANCE=all: whoever can never be written is reported, and the flush goes on. */
const all: readonly Line[] = [
  ['written', 'written', 'written', 'written', 'written'],
  ['rejected', 'errant', 'errant', 'errant', 'errant'],
  ['transient', 'again', 'again', 'redeliver', 'errant'],
  ['unprocessed', 'again', 'again', 'redeliver', 'redeliver'],
];

/** ERRORS_TOLERANCE=none: nobody is passed over, so the flush fails until all are written. */
const none: readonly Line[] = [
  ['written', 'written', 'written', 'written', 'written'],
  ['rejected', 'again', 'redeliver', 'redeliver', 'redeliver'],
  ['transient', 'again', 'again', 'redeliver', 'redeliver'],
  ['unprocessed', 'again', 'again', 'redeliver', 'redeliver'],
];

const moments: readonly Moment[] = ['earlier', 'early', 'late', 'last'];

const cases = Object.entries({ all, none }).flatMap(([tolerance, lines]) =>
  lines.flatMap(([fact, ...byMoment]) =>
    moments.map(
      (moment, index) =>
        [tolerance as 'all' | 'none', fact, moment, byMoment[index] as Verdict] as const,
    ),
  ),
);

describe('the table of verdicts', () => {
  it.each(cases)('with ERRORS_TOLERANCE=%s, %s known %s: %s', (...given) => {
    const [tolerance, fact, moment, verdict] = given;
    expect(verdicts[tolerance][fact][moment]).toBe(verdict);
  });

  it('has no other entry', () => {
    const entries = Object.values(verdicts).flatMap((facts) =>
      Object.values(facts).flatMap((byMoment) => Object.values(byMoment)),
    );
    expect(entries).toHaveLength(cases.length);
  });
});

describe('a row', () => {
  const failed = (code: string, message = 'some words') =>
    factOf({ kind: 'failed', error: { code, message, told: code } });

  it('that was written or not attempted is just that', () => {
    expect(factOf({ kind: 'written' })).toBe('written');
    expect(factOf({ kind: 'unprocessed' })).toBe('unprocessed');
  });

  it.each([
    'API_TEMPORARILY_UNAVAILABLE',
    'QUERY_TIMEOUT',
    'REQUEST_LIMIT_EXCEEDED',
    'REQUEST_RUNNING_TOO_LONG',
    'SERVER_UNAVAILABLE',
    'STORAGE_LIMIT_EXCEEDED',
    'TOO_MANY_LOCK_FAILURE',
    'UNABLE_TO_LOCK_ROW',
    'UNKNOWN_EXCEPTION',
  ])('that failed with %s has failed in passing', (code) => {
    expect(failed(code)).toBe('transient');
    expect(transientCodes).toContain(code);
  });

  it.each([
    'REQUIRED_FIELD_MISSING',
    'INVALID_FIELD',
    'STRING_TOO_LONG',
    'DUPLICATES_DETECTED',
    'FIELD_CUSTOM_VALIDATION_EXCEPTION',
    'ENTITY_IS_DELETED',
    'INSUFFICIENT_ACCESS_OR_READONLY',
    'UNKNOWN',
    '',
  ])('that failed with %s has failed for good', (code) => {
    expect(failed(code)).toBe('rejected');
  });

  it('that failed for good does so whatever its message quotes', () => {
    expect(failed('FIELD_CUSTOM_VALIDATION_EXCEPTION', 'not UNABLE_TO_LOCK_ROW')).toBe('rejected');
  });

  it.each([
    ['MyTrigger: execution of BeforeInsert caused by: UNABLE_TO_LOCK_ROW, locked', 'transient'],
    ['MyTrigger: execution of BeforeInsert caused by: System.NullPointerException', 'rejected'],
  ])('that a trigger failed goes by the error inside: %s', (message, fact) => {
    expect(failed('CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', message)).toBe(fact);
  });
});
