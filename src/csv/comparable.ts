import { isSalesforceId, shortId } from './salesforce-id.ts';

/** How Salesforce compares the values of a field. `unknown`: the field is not described. */
export type Comparison = 'number' | 'datetime' | 'boolean' | 'id' | 'text' | 'unknown';

const comparisons: Readonly<Record<string, Comparison>> = {
  int: 'number',
  long: 'number',
  double: 'number',
  currency: 'number',
  percent: 'number',
  date: 'datetime',
  datetime: 'datetime',
  time: 'datetime',
  boolean: 'boolean',
  id: 'id',
  reference: 'id',
  '': 'unknown',
};

/** How the values of a field are compared; `type` is Salesforce's field type, such as `double`. */
export function comparisonOf(type: string | undefined): Comparison {
  return comparisons[type ?? ''] ?? 'text';
}

const number = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/;

/**
 * Salesforce returns numbers as doubles: `912260031` as `9.12260031E8`, `250` as `250.0`, and
 * numbers beyond 2^53 rounded. Source: Bulk API 2.0 developer guide, sample of failed results.
 */
function asNumber(text: string): string {
  const double = number.test(text) ? Number(text) : Number.NaN;
  // An id such as 003E00000000400 parses as an infinite number.
  return Number.isFinite(double) ? String(double) : text;
}

const dateTime =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(:\d{2})?(\.\d{1,9})?(Z|[+-]\d{2}:?\d{2})?)?$/i;
const timeOfDay = /^(\d{2}:\d{2})(:\d{2})?(\.\d{1,9})?(Z)?$/i;

/** A fraction of a second, cut to the three digits that Salesforce keeps. */
const millis = (fraction = '.'): string => fraction.padEnd(4, '0').slice(0, 4);

/** Normalizes date-times to UTC and times of day to milliseconds; dates are unchanged. */
function asDateTime(text: string): string {
  const [, time, second = ':00', rest] = timeOfDay.exec(text) ?? [];
  if (time !== undefined) return `${time}${second}${millis(rest)}`;
  const [, date, clock, seconds = ':00', fraction, zone = 'Z'] = dateTime.exec(text) ?? [];
  if (date === undefined || clock === undefined) return text;
  const offset = zone.toUpperCase().replace(/^([+-]\d{2})(\d{2})$/, '$1:$2');
  const ms = Date.parse(`${date}T${clock}${seconds}${millis(fraction)}${offset}`);
  return Number.isNaN(ms) ? text : new Date(ms).toISOString();
}

const booleans: ReadonlyMap<string, string> = new Map([
  ['1', 'true'],
  ['yes', 'true'],
  ['0', 'false'],
  ['no', 'false'],
]);

const asBoolean = (text: string): string => {
  const folded = text.toLowerCase();
  return booleans.get(folded) ?? folded;
};

/** Normalizes a value by its syntax, for a field of unknown type. */
const asDetected = (text: string): string =>
  number.test(text) ? asNumber(text) : asDateTime(text);

const byComparison: Readonly<Record<Comparison, (text: string) => string>> = {
  number: asNumber,
  datetime: asDateTime,
  boolean: asBoolean,
  id: shortId,
  text: (text) => text,
  unknown: asDetected,
};

/**
 * Normalizes a cell, so that cells which are equal to Salesforce in such a field are the same text:
 * numbers by value, date-times in UTC, ids in 15 characters, text trimmed. Case-sensitive.
 */
export function comparable(cell: string, comparison: Comparison): string {
  return byComparison[comparison](cell.trim());
}

/** Like `comparable`, for a field of unknown type, and case-insensitive. */
export function looselyComparable(cell: string): string {
  const text = cell.trim();
  if (text === '#N/A') return '';
  const normalized = isSalesforceId(text) && !number.test(text) ? shortId(text) : asDetected(text);
  // Ids too: 15 letters may be text.
  return normalized.toLowerCase();
}
