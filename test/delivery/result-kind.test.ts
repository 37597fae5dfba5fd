import { describe, expect, it } from 'vitest';
import { resultKindOf } from '../../src/delivery/result-kind.ts';

describe('a row', () => {
  const never = () => false;
  const failed = (code: string, message = 'some words', isDone: () => boolean = never) =>
    resultKindOf({ kind: 'failed', error: { code, message, redactedMessage: code } }, isDone);

  it('that was written or not attempted is just that', () => {
    expect(resultKindOf({ kind: 'written' }, never)).toBe('written');
    expect(resultKindOf({ kind: 'unprocessed' }, never)).toBe('unprocessed');
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
