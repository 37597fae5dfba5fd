import { type Fields, type FieldValue, isFields } from './decoded-record.ts';
import { doubleOrDecimal } from './exact-number.ts';
import { valueOrInvalid } from './invalid-value.ts';
import { parseJson } from './json.ts';
import { bytesOfBase64 } from './logical/decimal.ts';
import { timestampOfText } from './logical/iso.ts';
import { isWhole, timestampOf } from './logical/time.ts';
import { uuidText } from './uuid.ts';

/** Deeper values are never written: they stay as they are. */
const maxDepth = 50;

const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** Numbers that JSON lacks. */
const notFinite: ReadonlyMap<string, number> = new Map([
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
]);

/** What a type of extended JSON means; null: its value is not one of the type. */
type Reader = (value: FieldValue) => FieldValue;

const textOf: Reader = (value) => (typeof value === 'string' ? value : null);

/** A number of MongoDB, which is text: a double if it is exact, else all its digits. */
const numberOf: Reader = (text) => {
  if (typeof text !== 'string') return null;
  return number.test(text) ? doubleOrDecimal(text, Number(text)) : (notFinite.get(text) ?? null);
};

/** A point in time: milliseconds, also as `$numberLong`, or ISO 8601 text. */
const timeOf: Reader = (value) => {
  if (typeof value === 'string') return valueOrInvalid(() => timestampOfText(value));
  const ms = isFields(value) ? numberOf(value['$numberLong'] ?? null) : value;
  return isWhole(ms) ? timestampOf(ms, 'millis') : null;
};

/** A point in time of the replication: `t` are its seconds. */
const replicationTimeOf: Reader = (value) => {
  const seconds = isFields(value) ? (value['t'] ?? null) : null;
  return typeof seconds === 'number' ? timestampOf(seconds * 1000, 'millis') : null;
};

/** Bytes in base64, or the text of a UUID. The order of an old UUID's bytes (subtype 3) is not known. */
function bytesOf(base64: FieldValue, subtype: FieldValue): FieldValue {
  const bytes = typeof base64 === 'string' ? bytesOfBase64(base64) : null;
  if (bytes === null) return null;
  return subtype === '04' && bytes.length === 16 ? uuidText(bytes) : base64;
}

/** The types of extended JSON that a cell can hold. */
const types: Readonly<Record<string, Reader>> = {
  $oid: textOf,
  $symbol: textOf,
  $date: timeOf,
  $timestamp: replicationTimeOf,
  $numberInt: numberOf,
  $numberLong: numberOf,
  $numberDecimal: numberOf,
  $numberDouble: numberOf,
  $binary: (value) =>
    isFields(value) ? bytesOf(value['base64'] ?? null, value['subType'] ?? null) : null,
};

/** The value of a typed object; null: it is another object. */
function typedValue(fields: Fields): FieldValue {
  const [name = '', ...others] = Object.keys(fields);
  const value = fields[name] ?? null;
  if (name === '$binary' && others.length === 1) return bytesOf(value, fields['$type'] ?? null);
  if (others.length > 0 || !Object.hasOwn(types, name)) return null;
  return types[name]?.(value) ?? null;
}

/**
 * Reads MongoDB's extended JSON: `{"$oid": "…"}` becomes its text, `{"$date": 1}` a point in time,
 * `{"$numberLong": "1"}` and its like a number, `{"$binary": …}` base64 or a UUID. Other types stay
 * objects.
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

/**
 * A string of JSON, or a number that JSON lacks: MongoDB's driver writes a double as Java does. A string
 * without an end is one up to the end of the text, so that no character is looked at twice.
 */
const stringOrNotFinite = /"(?:[^"\\]|\\[\s\S]?)*(?:"|$)|NaN|-?Infinity/g;

/**
 * Parses a text of extended JSON, also one with NaN and Infinity, which are no JSON. Throws the record
 * errors of `parseJson`.
 */
export function parseExtendedJson(text: string): FieldValue {
  const json = /NaN|Infinity/.test(text)
    ? text.replace(stringOrNotFinite, (token) =>
        notFinite.has(token) ? `{"$numberDouble":"${token}"}` : token,
      )
    : text;
  return fromExtendedJson(parseJson(json));
}
