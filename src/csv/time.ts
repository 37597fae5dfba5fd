import { RecordError } from '../errors.ts';

const dayMs = 86_400_000;

/**
 * What a date or date-time field takes: 1700-01-01 to 4000-12-31, in UTC.
 * Source: Salesforce SOAP API developer guide, "Primitive Data Types", `dateTime`.
 */
const earliestMs = Date.UTC(1700, 0, 1);
const latestMs = Date.UTC(4001, 0, 1) - 1;

function inCalendar(ms: number, what: string): Date {
  if (ms >= earliestMs && ms <= latestMs) return new Date(ms);
  throw new RecordError(
    'DATE_OUT_OF_RANGE',
    `${what} lies outside 1700 to 4000, which is what Salesforce takes`,
  );
}

/**
 * Writes a point in time, milliseconds since 1970, as `yyyy-MM-ddTHH:mm:ss.SSSZ`. Throws the record
 * error `DATE_OUT_OF_RANGE`.
 */
export function momentText(ms: number): string {
  return inCalendar(ms, 'a date and time').toISOString();
}

/** Writes a count of days since 1970 as `yyyy-MM-dd`. Throws the record error `DATE_OUT_OF_RANGE`. */
export function dateText(days: number): string {
  return inCalendar(days * dayMs, 'a date')
    .toISOString()
    .slice(0, 10);
}

/** Writes milliseconds since midnight as `HH:mm:ss.SSSZ`. Throws `DATE_OUT_OF_RANGE`. */
export function timeText(ms: number): string {
  if (ms >= 0 && ms < dayMs) return new Date(ms).toISOString().slice(11);
  throw new RecordError('DATE_OUT_OF_RANGE', 'a time of day is not within one day');
}

/**
 * Writes a point in time as the date that it is. Throws the record errors `TIME_CUT_OFF` where it
 * has a time of day, in UTC, and `DATE_OUT_OF_RANGE`.
 */
export function dateTextOfMoment(ms: number): string {
  if (ms % dayMs === 0) return dateText(ms / dayMs);
  throw new RecordError(
    'TIME_CUT_OFF',
    'the field takes a date, and the value has a time of day in UTC',
  );
}

/** Writes a date as a point in time: its midnight in UTC. Throws `DATE_OUT_OF_RANGE`. */
export const momentTextOfDate = (days: number): string => momentText(days * dayMs);

const date = String.raw`\d{4}-\d{2}-\d{2}`;
const clock = String.raw`\d{2}:\d{2}:\d{2}`;
const zone = String.raw`(?:Z|[+-]\d{2}:?\d{2})`;
const bareDate = new RegExp(`^${date}$`);
const midnight = new RegExp(`^(${date})T00:00(?::00(?:\\.0+)?)?Z$`);
const fineFraction = new RegExp(`^((?:${date}T)?${clock}\\.\\d{3})\\d+(${zone})$`);

/** Text of a date and time of ISO 8601 in the form that a date field takes; other text as it is. */
export const dateFieldText = (text: string): string => midnight.exec(text)?.[1] ?? text;

/**
 * Text of ISO 8601 in the form that a date-time field takes: a date gets its midnight in UTC, and a
 * fraction no more than three digits; other text as it is.
 * Source: Bulk API 2.0 developer guide, "Valid Date Format in Records".
 */
export function momentFieldText(text: string): string {
  return bareDate.test(text) ? `${text}T00:00:00.000Z` : text.replace(fineFraction, '$1$2');
}

/** The same for a time field. */
export const timeFieldText = (text: string): string => text.replace(fineFraction, '$1$2');
