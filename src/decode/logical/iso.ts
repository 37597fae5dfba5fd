import { RecordError } from '../../record-error.ts';
import { CalendarDate, TimeOfDay, Timestamp } from '../decoded-record.ts';

const date = String.raw`(\d{4}-\d{2}-\d{2})`;
const clock = String.raw`(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?`;
const zone = String.raw`(Z|[+-]\d{2}(?::?\d{2})?)`;

const datePattern = new RegExp(`^${date}${zone}?$`);
const timePattern = new RegExp(`^${clock}${zone}$`);
const timestampPattern = new RegExp(`^${date}T${clock}${zone}$`);

const dayMs = 86_400_000;

const invalid = (type: string): never => {
  throw new RecordError('DATE_INVALID', `a text is not an ISO 8601 ${type} with a time zone`);
};

/** Days since 1970; null for a date that does not exist, such as 30 February. */
function daysOf(text: string): number | null {
  const ms = Date.parse(`${text}T00:00:00Z`);
  if (Number.isNaN(ms) || !new Date(ms).toISOString().startsWith(text)) return null;
  return ms / dayMs;
}

/** Milliseconds since midnight; null for an invalid time. */
function clockMs([hours, minutes, seconds = '0', fraction = '']: readonly string[]): number | null {
  const [h, m, s] = [Number(hours), Number(minutes), Number(seconds)];
  if (h > 23 || m > 59 || s > 59) return null;
  return ((h * 60 + m) * 60 + s) * 1000 + Number(fraction.padEnd(3, '0').slice(0, 3));
}

/** The UTC offset of a zone, in milliseconds. */
function offsetMs(zone: string): number {
  if (zone === 'Z') return 0;
  const [hours, minutes] = [zone.slice(1, 3), zone.slice(3).replace(':', '') || '0'];
  return (zone.startsWith('-') ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
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
  const [, day = ''] = datePattern.exec(text) ?? [];
  const days = daysOf(day);
  return days === null ? invalid('date') : new CalendarDate(days);
}

/** Parses a time of day with its zone. Throws the record error `DATE_INVALID`. */
export function timeOfText(text: string): TimeOfDay {
  const parts = timePattern.exec(text)?.slice(1) ?? [];
  const ms = parts.length === 0 ? null : clockMs(parts);
  if (ms === null) return invalid('time of day');
  return new TimeOfDay((((ms - offsetMs(parts[4] ?? 'Z')) % dayMs) + dayMs) % dayMs);
}

/**
 * Parses a date and time with its zone. Throws the record errors `DATE_INVALID` and
 * `DATE_OUT_OF_RANGE`.
 */
export function timestampOfText(text: string): Timestamp {
  checkFinite(text);
  const [, day, ...clock] = timestampPattern.exec(text) ?? [];
  const days = day === undefined ? null : daysOf(day);
  const ms = days === null ? null : clockMs(clock);
  if (days === null || ms === null) return invalid('date and time');
  return new Timestamp(days * dayMs + ms - offsetMs(clock[4] ?? 'Z'));
}
