import type { FieldDescription } from '../object/description.ts';
import type { FieldValue } from '../record/record-store.ts';
import { parseDateTime, parseTime } from '../row/calendar.ts';

/** The kinds of value that are compared in different ways. */
export type ValueKind =
  | 'text'
  | 'id'
  | 'boolean'
  | 'number'
  | 'date'
  | 'datetime'
  | 'time'
  | 'compound';

const KINDS: Partial<Record<FieldDescription['type'], ValueKind>> = {
  id: 'id',
  reference: 'id',
  boolean: 'boolean',
  int: 'number',
  long: 'number',
  double: 'number',
  currency: 'number',
  percent: 'number',
  date: 'date',
  datetime: 'datetime',
  time: 'time',
  address: 'compound',
  location: 'compound',
};

/** How values of the field are compared. */
export function kindOf(field: FieldDescription): ValueKind {
  return KINDS[field.type] ?? 'text';
}

/**
 * A value that equals others as they are equal in a query, and is ordered like them: text without
 * case, unless its field distinguishes it; an empty text is null. assumption: query-text-order.
 */
export function comparable(value: FieldValue, field: FieldDescription): FieldValue {
  if (value === null || value === '') return null;
  switch (kindOf(field)) {
    case 'text':
      return field.caseSensitive ? String(value) : String(value).toLowerCase();
    case 'datetime':
      return parseDateTime(String(value), 'truncate') ?? value;
    case 'time':
      return parseTime(String(value), 'truncate') ?? value;
    default:
      return value;
  }
}

/** The order of two comparable values of one field, neither of them null. */
export function compare(first: FieldValue, second: FieldValue): number {
  if (first === second || first === null || second === null) return 0;
  return first < second ? -1 : 1;
}
