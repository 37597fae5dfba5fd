import { RecordError } from '../../record-error.ts';
import { CalendarDate, TimeOfDay, Timestamp } from '../decoded-record.ts';

/** A year beyond 9999, or before year 0, has a sign. Source: Java's `DateTimeFormatter.ISO_LOCAL_DATE`. */
const date = String.raw`(\d{4}|-\d{4}|[+-]\d{5,9})-(\d{2}-\d{2})`;
const clock = String.raw`(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?`;
const zone = String.raw`(Z|[+-]\d{2}(?::?\d{2}(?::?\d{2})?)?)`;

const datePattern = new RegExp(`^${date}${zone}?$`);
const timePattern = new RegExp(`^${clock}${zone}$`);
const timestampPattern = new RegExp(`^${date}T${clock}${zone}$`);

const dayMs = 86_400_000;

/** The days of 400 years, after which the calendar repeats itself. */
const cycle = { years: 400, days: 146_097 };

const invalid = (type: string): never => {
  throw new RecordError('DATE_INVALID', `a text is not an ISO 8601 ${type} with a time zone`);
};

/** Days since 1970; null for a date that does not exist, such as 30 February. */
function daysOf(year: number, monthAndDay: string): number | null {
  const inCycle = ((year % cycle.years) + cycle.years) % cycle.years;
  const text = `${2000 + inCycle}-${monthAndDay}`;
  const ms = Date.parse(`${text}T00:00:00Z`);
  if (Number.isNaN(ms) || !new Date(ms).toISOString().startsWith(text)) return null;
  return ms / dayMs + ((year - 2000 - inCycle) / cycle.years) * cycle.days;
}

/** Milliseconds since midnight; null for an invalid time. */
function clockMs([hours, minutes, seconds = '0', fraction = '']: readonly string[]): number | null {
  const [h, m, s] = [Number(hours), Number(minutes), Number(seconds)];
  if (h > 23 || m > 59 || s > 59) return null;
  return ((h * 60 + m) * 60 + s) * 1000 + Number(fraction.padEnd(3, '0').slice(0, 3));
}

/** No zone is further from UTC. Source: `java.time.ZoneOffset`. */
const maxOffsetMs = 18 * 3_600_000;

/** The UTC offset of a zone, in milliseconds; null for one that no zone has. */
function offsetMs(zone = 'Z'): number | null {
  if (zone === 'Z') return 0;
  const [hours = 0, minutes = 0, seconds = 0] = (zone.match(/\d{2}/g) ?? []).map(Number);
  const ms = ((hours * 60 + minutes) * 60 + seconds) * 1000;
  if (minutes > 59 || seconds > 59 || ms > maxOffsetMs) return null;
  return zone.startsWith('-') ? -ms : ms;
}

/** PostgreSQL's infinite dates and timestamps, as Debezium writes them. */
const infinity = /^[+-]?infinity$/i;

function checkFinite(text: string): void {
  if (!infinity.test(text)) return;
  throw new RecordError(
    'DATE_OUT_OF_RANGE',
    'it is infinite, which Salesforce has no date for; send null instead',
  );
}

/**
 * Parses a date and ignores its zone, if any. Throws the record errors
 * `DATE_INVALID` and `DATE_OUT_OF_RANGE`.
 */
export function dateOfText(text: string): CalendarDate {
  checkFinite(text);
  const [, year, monthAndDay = '', zone] = datePattern.exec(text) ?? [];
  const days = year === undefined ? null : daysOf(Number(year), monthAndDay);
  return days === null || offsetMs(zone) === null ? invalid('date') : new CalendarDate(days);
}

/** Parses a time of day with its zone. Throws the record error `DATE_INVALID`. */
export function timeOfText(text: string): TimeOfDay {
  const parts = timePattern.exec(text)?.slice(1) ?? [];
  const ms = parts.length === 0 ? null : clockMs(parts);
  const offset = offsetMs(parts[4]);
  if (ms === null || offset === null) return invalid('time of day');
  return new TimeOfDay((((ms - offset) % dayMs) + dayMs) % dayMs);
}

/**
 * Parses a date and time with its zone. Throws the record errors `DATE_INVALID` and
 * `DATE_OUT_OF_RANGE`.
 */
export function timestampOfText(text: string): Timestamp {
  checkFinite(text);
  const [, year, monthAndDay = '', ...clock] = timestampPattern.exec(text) ?? [];
  const days = year === undefined ? null : daysOf(Number(year), monthAndDay);
  const ms = days === null ? null : clockMs(clock);
  const offset = offsetMs(clock[4]);
  if (days === null || ms === null || offset === null) return invalid('date and time');
  return new Timestamp(days * dayMs + ms - offset);
}
