import { shortId } from './salesforce-id.ts';

/** How Salesforce compares the values of a field. `unknown`: nobody has described the field. */
export type Comparison = 'number' | 'moment' | 'boolean' | 'id' | 'text' | 'unknown';

const comparisons: Readonly<Record<string, Comparison>> = {
  int: 'number',
  long: 'number',
  double: 'number',
  currency: 'number',
  percent: 'number',
  date: 'moment',
  datetime: 'moment',
  time: 'moment',
  boolean: 'boolean',
  id: 'id',
  reference: 'id',
  '': 'unknown',
};

/** How values of a described type are compared; `type` is Salesforce's name of it, such as `double`. */
export function comparisonOf(type: string | undefined): Comparison {
  return comparisons[type ?? ''] ?? 'text';
}

const number = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/;

/**
 * A number comes back as a double: `912260031` as `9.12260031E8`, `250` as `250.0`, and one beyond
 * 2^53 with other last digits. Source: Bulk API 2.0 developer guide, sample of failed results.
 */
function asNumber(text: string): string {
  const double = number.test(text) ? Number(text) : Number.NaN;
  // An id such as 003E00000000400 looks like a number beyond all doubles.
  return Number.isFinite(double) ? String(double) : text;
}

const dateTime =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(:\d{2})?(\.\d{1,9})?(Z|[+-]\d{2}:?\d{2})?)?$/i;
const timeOfDay = /^(\d{2}:\d{2})(:\d{2})?(\.\d{1,9})?(Z)?$/i;

/** A fraction of a second in the three digits that Salesforce keeps. */
const millis = (fraction = '.'): string => fraction.padEnd(4, '0').slice(0, 4);

/** Dates as they are, dates with a time as a moment in UTC, times of day with milliseconds. */
function asMoment(text: string): string {
  const [, time, second = ':00', rest] = timeOfDay.exec(text) ?? [];
  if (time !== undefined) return `${time}${second}${millis(rest)}`;
  const [, date, clock, seconds = ':00', fraction, zone = 'Z'] = dateTime.exec(text) ?? [];
  if (date === undefined || clock === undefined) return text;
  const offset = zone.toUpperCase().replace(/^([+-]\d{2})(\d{2})$/, '$1:$2');
  const moment = Date.parse(`${date}T${clock}${seconds}${millis(fraction)}${offset}`);
  return Number.isNaN(moment) ? text : new Date(moment).toISOString();
}

const truths: ReadonlyMap<string, string> = new Map([
  ['1', 'true'],
  ['yes', 'true'],
  ['0', 'false'],
  ['no', 'false'],
]);

const asBoolean = (text: string): string => {
  const folded = text.toLowerCase();
  return truths.get(folded) ?? folded;
};

/** What a value looks like, where nobody says what it is. */
const asItLooks = (text: string): string => (number.test(text) ? asNumber(text) : asMoment(text));

const byComparison: Readonly<Record<Comparison, (text: string) => string>> = {
  number: asNumber,
  moment: asMoment,
  boolean: asBoolean,
  id: shortId,
  text: (text) => text,
  unknown: asItLooks,
};

/**
 * Writes a value so that two cells which Salesforce takes for the same in such a field are the same
 * text: numbers by value, dates and times by moment, ids in 15 characters, text without the blanks
 * at its ends. Capitals count.
 */
export function comparable(cell: string, comparison: Comparison): string {
  return byComparison[comparison](cell.trim());
}

const id = /^[a-zA-Z0-9]{15}(?:[a-zA-Z0-9]{3})?$/;

/** The same for a cell of which only the look is known, and whose capitals do not count. */
export function looselyComparable(cell: string): string {
  const text = cell.trim();
  if (text === '#N/A') return '';
  const written = id.test(text) && !number.test(text) ? shortId(text) : asItLooks(text);
  // Also of what looks like an id: 15 letters may be a text.
  return written.toLowerCase();
}
