const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const DATE_TIME =
  /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(Z|[+-]\d{2}:?\d{2})$/;
const TIME = /^(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,3}))?Z$/;

/** A date `yyyy-MM-dd` of the calendar, or null (guide, "Valid Date Format in Records"). */
export function parseDate(text: string): string | null {
  const [, year, month, day] = DATE.exec(text) ?? [];
  if (year === undefined) return null;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return date.toISOString().startsWith(text) ? text : null;
}

/**
 * A point in time `yyyy-MM-ddTHH:mm:ss[.SSS](Z or +/-HH:mm)` as an org prints it, or null. A date
 * alone is refused, and so is a time without an offset (guide, "Valid Date Format in Records").
 */
export function parseDateTime(text: string): string | null {
  const [, date, hours, minutes, seconds, fraction = '', offset = 'Z'] = DATE_TIME.exec(text) ?? [];
  if (date === undefined || parseDate(date) === null) return null;
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return null;
  const colon = offset === 'Z' ? 'Z' : `${offset.slice(0, 3)}:${offset.slice(-2)}`;
  const ms = fraction.padEnd(3, '0').slice(0, 3);
  const instant = new Date(`${date}T${hours}:${minutes}:${seconds}.${ms}${colon}`);
  return Number.isNaN(instant.getTime()) ? null : instant.toISOString().replace('Z', '+0000');
}

/** A time of day `HH:mm:ss[.SSS]Z`, or null. */
export function parseTime(text: string): string | null {
  const [, hours, minutes, seconds, fraction = ''] = TIME.exec(text) ?? [];
  if (hours === undefined) return null;
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return null;
  return `${hours}:${minutes}:${seconds}.${fraction.padEnd(3, '0')}Z`;
}
