import { RecordError } from '../record-error.ts';
import type { FieldValue } from './decoded-record.ts';
import { restoreEventTimes } from './event-times.ts';
import { doubleOrDecimal } from './exact-number.ts';
import { longNumbersIn } from './long-numbers.ts';

/**
 * `JSON.parse` passes a number's source text to a reviver; the library types lack that parameter.
 */
type SourceReviver = (key: string, value: unknown, context: { source?: string }) => unknown;

const keepDigits: SourceReviver = (_key, value, { source }) =>
  typeof value === 'number' && source !== undefined ? doubleOrDecimal(source, value) : value;

/**
 * Parses JSON; numbers of more than 15 digits become a `Decimal` with all digits. Throws the record
 * errors `JSON_INVALID`, without the parser's message, which quotes the text, and
 * `NESTING_TOO_DEEP`.
 */
export function parseJson(text: string): FieldValue {
  try {
    const value = JSON.parse(text) as FieldValue;
    const longs = longNumbersIn(text);
    if (longs === null || restoreEventTimes(value, longs)) return value;
    return JSON.parse(text, keepDigits as (key: string, value: unknown) => unknown) as FieldValue;
  } catch (error) {
    if (error instanceof SyntaxError) {
      throw new RecordError('JSON_INVALID', 'the value is not valid JSON');
    }
    // With a reviver V8 recurses, and overflows the stack at some thousand levels.
    if (error instanceof RangeError) {
      throw new RecordError('NESTING_TOO_DEEP', 'the value is nested too deeply to be parsed');
    }
    throw error;
  }
}
