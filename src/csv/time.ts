import { RecordError } from '../record-error.ts';

const dayMs = 86_400_000;

/**
 * The range of a date or date-time field: 1700-01-01 to 4000-12-31, in UTC.
 * Source: Salesforce SOAP API developer guide, "Primitive Data Types", `dateTime`.
 */
const earliestMs = Date.UTC(1700, 0, 1);
const latestMs = Date.UTC(4001, 0, 1) - 1;

function dateInRange(ms: number, type: string): Date {
  if (ms >= earliestMs && ms <= latestMs) return new Date(ms);
  throw new RecordError(
    'DATE_OUT_OF_RANGE',
    `${type} is outside the years 1700 to 4000, which Salesforce takes; send null for "never"`,
  );
}

/**
 * Formats milliseconds since 1970 as `yyyy-MM-ddTHH:mm:ss.SSSZ`. Throws the record error
 * `DATE_OUT_OF_RANGE`.
 */
export function dateTimeText(ms: number): string {
  return dateInRange(ms, 'a date and time').toISOString();
}

/** Formats days since 1970 as `yyyy-MM-dd`. Throws the record error `DATE_OUT_OF_RANGE`. */
export function dateText(days: number): string {
  return dateInRange(days * dayMs, 'a date')
    .toISOString()
    .slice(0, 10);
}

/**
 * Formats milliseconds since midnight as `HH:mm:ss.SSSZ`. Throws the record error
 * `DATE_OUT_OF_RANGE`.
 */
export function timeText(ms: number): string {
  if (ms >= 0 && ms < dayMs) return new Date(ms).toISOString().slice(11);
  throw new RecordError('DATE_OUT_OF_RANGE', 'a time of day is not within one day');
}

/**
 * Formats milliseconds since 1970 as a date. Throws the record errors `TIME_CUT_OFF` unless it is
 * midnight in UTC, and `DATE_OUT_OF_RANGE`.
 */
export function dateTextOfTimestamp(ms: number): string {
  // A placeholder for "never" is often the last second of a year, which is no time that would be lost.
  dateInRange(ms, 'a date and time');
  if (ms % dayMs === 0) return dateText(ms / dayMs);
  throw new RecordError(
    'TIME_CUT_OFF',
    'the field is a date, and the value has a time of day in UTC, which would be lost',
  );
}

/**
 * Formats days since 1970 as a date-time at midnight UTC. Throws the record error
 * `DATE_OUT_OF_RANGE`.
 */
export const dateTimeTextOfDate = (days: number): string => dateTimeText(days * dayMs);

const date = String.raw`\d{4}-\d{2}-\d{2}`;
const clock = String.raw`\d{2}:\d{2}:\d{2}`;
const zone = String.raw`(?:Z|[+-]\d{2}:?\d{2})`;
const bareDate = new RegExp(`^${date}$`);
const midnight = new RegExp(`^(${date})T00:00(?::00(?:\\.0+)?)?(?:Z|[+-]00:?00)$`);
const withoutSeconds = new RegExp(`^((?:${date}T)?\\d{2}:\\d{2})(${zone})$`);
const fineFraction = new RegExp(`^((?:${date}T)?${clock}\\.\\d{3})\\d+(${zone})$`);

/** Converts an ISO 8601 date-time at midnight UTC to a date; other text is unchanged. */
export const dateFieldText = (text: string): string => midnight.exec(text)?.[1] ?? text;

/**
 * Converts ISO 8601 text for a time field: seconds where there are none, a fraction to three digits; other
 * text is unchanged.
 */
export const timeFieldText = (text: string): string =>
  text.replace(withoutSeconds, '$1:00$2').replace(fineFraction, '$1$2');

/**
 * Converts ISO 8601 text for a date-time field: a date to its midnight in UTC, the time as for a time
 * field; other text is unchanged.
 * Source: Bulk API 2.0 developer guide, "Valid Date Format in Records".
 */
export const dateTimeFieldText = (text: string): string =>
  bareDate.test(text) ? `${text}T00:00:00.000Z` : timeFieldText(text);
