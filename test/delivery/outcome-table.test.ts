import { describe, expect, it } from 'vitest';
import {
  kindOf,
  type Outcome,
  outcomes,
  type ResultKind,
  type RetryWindow,
  transientCodes,
} from '../../src/delivery/outcome-table.ts';

/** A kind of result, and its outcome in each window. */
type Line = readonly [kind: ResultKind, ...byWindow: Outcome[]];

/** ERRORS_TOLERANCE=all: a record that can never be written is reported, and the flush continues. */
const all: readonly Line[] = [
  ['written', 'written', 'written', 'written', 'written'],
  ['rejected', 'errant', 'errant', 'errant', 'errant'],
  ['transient', 'retry', 'retry', 'redeliver', 'errant'],
  ['unprocessed', 'retry', 'retry', 'redeliver', 'redeliver'],
];

/** ERRORS_TOLERANCE=none: no record is skipped, so the flush fails until all are written. */
const none: readonly Line[] = [
  ['written', 'written', 'written', 'written', 'written'],
  ['rejected', 'retry', 'redeliver', 'redeliver', 'redeliver'],
  ['transient', 'retry', 'retry', 'redeliver', 'redeliver'],
  ['unprocessed', 'retry', 'retry', 'redeliver', 'redeliver'],
];

const windows: readonly RetryWindow[] = [
  'prior-delivery',
  'can-retry',
  'next-delivery',
  'exhausted',
];

const cases = Object.entries({ all, none }).flatMap(([tolerance, lines]) =>
  lines.flatMap(([kind, ...byWindow]) =>
    windows.map(
      (window, index) =>
        [tolerance as 'all' | 'none', kind, window, byWindow[index] as Outcome] as const,
    ),
  ),
);

describe('the table of outcomes', () => {
  it.each(cases)('with ERRORS_TOLERANCE=%s, %s with the window %s: %s', (...given) => {
    const [tolerance, kind, window, outcome] = given;
    expect(outcomes[tolerance][kind][window]).toBe(outcome);
  });

  it('has no other entry', () => {
    const entries = Object.values(outcomes).flatMap((kinds) =>
      Object.values(kinds).flatMap((byWindow) => Object.values(byWindow)),
    );
    expect(entries).toHaveLength(cases.length);
  });
});

describe('a row', () => {
  const never = () => false;
  const failed = (code: string, message = 'some words', isDone: () => boolean = never) =>
    kindOf({ kind: 'failed', error: { code, message, redactedMessage: code } }, isDone);

  it('that was written or not attempted is just that', () => {
    expect(kindOf({ kind: 'written' }, never)).toBe('written');
    expect(kindOf({ kind: 'unprocessed' }, never)).toBe('unprocessed');
  });

  it('that was refused since it is already as its record wants it counts as written', () => {
    expect(failed('ENTITY_IS_DELETED', 'entity is deleted', () => true)).toBe('written');
    expect(failed('UNABLE_TO_LOCK_ROW', 'locked', () => true)).toBe('written');
  });

  it.each([
    'API_CURRENTLY_DISABLED',
    'API_TEMPORARILY_UNAVAILABLE',
    'QUERY_TIMEOUT',
    'REQUEST_LIMIT_EXCEEDED',
    'REQUEST_RUNNING_TOO_LONG',
    'SERVER_UNAVAILABLE',
    'STORAGE_LIMIT_EXCEEDED',
    'TOO_MANY_LOCK_FAILURE',
    'UNABLE_TO_LOCK_ROW',
    'UNKNOWN_EXCEPTION',
  ])('that failed with %s is a transient failure', (code) => {
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
  ])('that failed with %s is permanently rejected', (code) => {
    expect(failed(code)).toBe('rejected');
  });

  it('that is permanently rejected is so whatever its message quotes', () => {
    expect(failed('FIELD_CUSTOM_VALIDATION_EXCEPTION', 'not UNABLE_TO_LOCK_ROW')).toBe('rejected');
  });

  it.each([
    ['MyTrigger: execution of BeforeInsert caused by: UNABLE_TO_LOCK_ROW, locked', 'transient'],
    ['MyTrigger: execution of BeforeInsert caused by: System.NullPointerException', 'rejected'],
  ])('that a trigger failed goes by the error inside: %s', (message, kind) => {
    expect(failed('CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', message)).toBe(kind);
  });
});
