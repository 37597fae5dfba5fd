import { RecordError } from '../record-error.ts';
import { InvalidValue } from './decoded-record.ts';

/** Turns a `RecordError` into an `InvalidValue`; rethrows any other error. */
export function toInvalidValue(error: unknown, namesField = false): InvalidValue {
  if (error instanceof RecordError) return new InvalidValue(error, namesField);
  throw error;
}

/** Returns what `read` returns, or an `InvalidValue` if it throws a `RecordError`. */
export function valueOrInvalid<T>(read: () => T, namesField = false): T | InvalidValue {
  try {
    return read();
  } catch (error) {
    return toInvalidValue(error, namesField);
  }
}
