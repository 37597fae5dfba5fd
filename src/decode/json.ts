import { RecordError } from '../errors.ts';
import type { FieldValue } from './decoded-record.ts';
import { exactNumber } from './number.ts';

/** A number of 16 digits or more, or of a large exponent, which a double may not hold. */
const longNumber = /\d[\d.]{15}|\d[eE][+-]?\d{3}/;

/** `JSON.parse` tells a reviver how a number was written; the library types do not know it yet. */
type SourceReviver = (key: string, value: unknown, context: { source?: string }) => unknown;

const keepDigits: SourceReviver = (_key, value, { source }) =>
  typeof value === 'number' && source !== undefined ? exactNumber(source, value) : value;

/**
 * Parses JSON text; numbers of more than 15 digits keep them all, as `Decimal`. Throws the record
 * errors `JSON_INVALID`, without the parser's message, which quotes the text, and
 * `NESTING_TOO_DEEP`.
 */
export function parseJson(text: string): FieldValue {
  try {
    if (!longNumber.test(text)) return JSON.parse(text) as FieldValue;
    return JSON.parse(text, keepDigits as (key: string, value: unknown) => unknown) as FieldValue;
  } catch (error) {
    if (error instanceof SyntaxError) {
      throw new RecordError('JSON_INVALID', 'the value is not valid JSON');
    }
    // With a reviver V8 goes down by recursion, and runs out of stack some thousand levels deep.
    if (error instanceof RangeError) {
      throw new RecordError('NESTING_TOO_DEEP', 'the value is nested too deep to be read');
    }
    throw error;
  }
}
