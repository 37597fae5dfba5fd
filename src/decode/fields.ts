import { RecordError } from '../record-error.ts';
import { type Fields, type FieldValue, isFields } from './decoded-record.ts';

/** Describes the type of a value, for reasons, which never contain values. */
export function kindOf(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object') return isFields(value) ? 'an object' : 'a number';
  return `a ${typeof value}`;
}

function isEmpty(fields: Fields): boolean {
  for (const _name in fields) return false;
  return true;
}

/**
 * Returns a decoded value as fields. Throws the record errors `VALUE_NOT_OBJECT` for anything but
 * an object and `VALUE_WITHOUT_FIELDS` for `{}`.
 */
export function fieldsOf(value: unknown, what: string): Fields {
  if (!isFields(value)) {
    throw new RecordError(
      'VALUE_NOT_OBJECT',
      `${what} is ${kindOf(value)}, not an object of fields`,
    );
  }
  if (isEmpty(value)) {
    throw new RecordError('VALUE_WITHOUT_FIELDS', `${what} is an object without fields`);
  }
  return value;
}

/** Like `fieldsOf`, but null for null: a record without a value. */
export const fieldsOrNull = (value: FieldValue, what: string): Fields | null =>
  value === null ? null : fieldsOf(value, what);
