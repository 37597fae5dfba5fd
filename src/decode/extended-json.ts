import { Decimal, type Fields, type FieldValue, isFields, Timestamp } from './decoded-record.ts';
import { parseJson } from './json.ts';

/** Deeper values are never written: they stay as they are. */
const maxDepth = 50;

const isNumber = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** A number of MongoDB, which is text: a double if it is exact, else all its digits. */
const numberOf = (text: FieldValue): FieldValue | null =>
  typeof text === 'string' && isNumber.test(text) ? parseJson(text) : null;

/** A point in time: milliseconds, also as `$numberLong`, or ISO 8601 text. */
function timeOf(value: FieldValue): FieldValue | null {
  const ms = isFields(value) ? numberOf(value['$numberLong'] ?? null) : value;
  if (typeof ms === 'number') return new Timestamp(ms);
  return typeof ms === 'string' ? ms : null;
}

/** The types of extended JSON that a cell can hold; null: the value is of no such type. */
const types: Readonly<Record<string, (value: FieldValue) => FieldValue | null>> = {
  $oid: (value) => (typeof value === 'string' ? value : null),
  $date: timeOf,
  $numberInt: numberOf,
  $numberLong: numberOf,
  $numberDecimal: (value) =>
    typeof value === 'string' && isNumber.test(value) ? new Decimal(value) : null,
  $numberDouble: numberOf,
};

/** The value of a typed object; null: it is another object. */
function typedValue(fields: Fields): FieldValue | null {
  const [name = '', ...others] = Object.keys(fields);
  if (others.length > 0 || !Object.hasOwn(types, name)) return null;
  return types[name]?.(fields[name] ?? null) ?? null;
}

/**
 * Reads MongoDB's extended JSON: `{"$oid": "…"}` becomes its text, `{"$date": 1}` a point in time,
 * `{"$numberLong": "1"}` and its like a number. Other types stay objects.
 * Source: MongoDB manual, "MongoDB Extended JSON (v1)" and "(v2)".
 */
export function fromExtendedJson(value: FieldValue, depth = 0): FieldValue {
  if (depth > maxDepth) return value;
  if (Array.isArray(value)) return value.map((item) => fromExtendedJson(item, depth + 1));
  if (!isFields(value)) return value;
  const entries = () =>
    Object.entries(value).map(([name, inner]) => [name, fromExtendedJson(inner, depth + 1)]);
  return typedValue(value) ?? Object.fromEntries(entries());
}
