import type { Choices } from '../choices.ts';

/** What a fraction with more than three digits means: an org stores milliseconds at most. */
type FractionRule = Choices['datetime-fraction'];

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const DATE_TIME =
  /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(Z|[+-]\d{2}:?\d{2})$/;
const TIME = /^(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?Z$/;

/** A date `yyyy-MM-dd` of the calendar, or null (guide, "Valid Date Format in Records"). */
export function parseDate(text: string): string | null {
  const [, year, month, day] = DATE.exec(text) ?? [];
  if (year === undefined) return null;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return date.toISOString().startsWith(text) ? text : null;
}

/**
 * A dateTime `yyyy-MM-ddTHH:mm:ss[.SSS](Z or +/-HH:mm)` as an org prints it, or null. A date alone
 * is refused, and so is a time without an offset (guide, "Valid Date Format in Records").
 */
export function parseDateTime(text: string, finer: FractionRule): string | null {
  const [, date, hours, minutes, seconds, fraction, offset = 'Z'] = DATE_TIME.exec(text) ?? [];
  if (date === undefined || parseDate(date) === null) return null;
  const ms = milliseconds(fraction, finer);
  if (!isTimeOfDay(hours, minutes, seconds) || ms === null) return null;
  const colon = offset === 'Z' ? 'Z' : `${offset.slice(0, 3)}:${offset.slice(-2)}`;
  const instant = new Date(`${date}T${hours}:${minutes}:${seconds}.${ms}${colon}`);
  return Number.isNaN(instant.getTime()) ? null : instant.toISOString().replace('Z', '+0000');
}

/** A time of day `HH:mm:ss[.SSS]Z`, or null. */
export function parseTime(text: string, finer: FractionRule): string | null {
  const [, hours, minutes, seconds, fraction] = TIME.exec(text) ?? [];
  const ms = milliseconds(fraction, finer);
  if (!isTimeOfDay(hours, minutes, seconds) || ms === null) return null;
  return `${hours}:${minutes}:${seconds}.${ms}Z`;
}

/**
 * A date, or a dateTime as an org prints it, that an org can hold; else null (Data Loader guide,
 * "Data Import Dates"). assumption: date-range.
 */
export function inRange(text: string | null): string | null {
  return text !== null && text >= '1700-01-01' && text <= '4000-12-31T00:00:00.000+0000'
    ? text
    : null;
}

function isTimeOfDay(hours?: string, minutes?: string, seconds?: string): boolean {
  return Number(hours) <= 23 && Number(minutes) <= 59 && Number(seconds) <= 59;
}

/** The three digits of the milliseconds, or null when the fraction is too fine. */
function milliseconds(fraction: string | undefined, finer: FractionRule): string | null {
  const digits = fraction ?? '';
  if (digits.length > 3 && finer === 'reject') return null;
  return digits.padEnd(3, '0').slice(0, 3);
}
