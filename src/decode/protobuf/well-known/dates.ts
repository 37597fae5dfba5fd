import { RecordError } from '../../../record-error.ts';
import {
  CalendarDate,
  type Fields,
  type FieldValue,
  TimeOfDay,
  Timestamp,
} from '../../decoded-record.ts';
import { converted, numberIn, type WellKnownType } from './well-known-type.ts';

const invalidDate = (problem: string): never => {
  throw new RecordError('DATE_INVALID', problem);
};

const daySeconds = 86_400;
const dayMs = daySeconds * 1000;

/** Days since 1970 of the fields `year`, `month` and `day`. */
function daysOf(fields: Fields, type: string): number {
  const [year, month, day] = [
    numberIn(fields, 'year'),
    numberIn(fields, 'month'),
    numberIn(fields, 'day'),
  ];
  for (const [name, value] of Object.entries({ year, month, day })) {
    if (value === 0) return invalidDate(`a ${type} has no ${name}, which a date needs`);
  }
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const isDate = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  if (!isDate || year < 1 || year > 9999) return invalidDate(`a ${type} is no date`);
  return date.getTime() / dayMs;
}

/**
 * Milliseconds since midnight of the fields `hours`, `minutes`, `seconds` and `nanos`: up to 24:00, and to
 * a leap second.
 */
function clockOf(fields: Fields, type: string): number {
  const [hours, minutes] = [numberIn(fields, 'hours'), numberIn(fields, 'minutes')];
  const [seconds, nanos] = [numberIn(fields, 'seconds'), numberIn(fields, 'nanos')];
  const isWithin = (value: number, most: number): boolean => value >= 0 && value <= most;
  const sinceMidnight = (hours * 60 + minutes) * 60 + seconds;
  const isTime =
    isWithin(hours, 24) &&
    isWithin(minutes, 59) &&
    isWithin(seconds, 60) &&
    isWithin(sinceMidnight, daySeconds) &&
    isWithin(nanos, 999_999_999);
  if (!isTime) return invalidDate(`a ${type} is no time of day`);
  return sinceMidnight * 1000 + Math.floor(nanos / 1_000_000);
}

/** A time without an offset is read as UTC. */
function dateTimeOf(fields: Fields): Timestamp {
  const type = 'google.type.DateTime';
  if (Object.hasOwn(fields, 'time_zone')) {
    return invalidDate(`a ${type} has the name of a time zone; send its offset, or a Timestamp`);
  }
  const local = daysOf(fields, type) * dayMs + clockOf(fields, type);
  return new Timestamp(local - offsetMs(fields['utc_offset']));
}

/** The offset of the text of a duration in whole seconds. */
function offsetMs(duration: FieldValue | undefined): number {
  const [, sign, seconds] = /^(-?)PT(\d+)S$/.exec(String(duration ?? 'PT0S')) ?? [];
  if (seconds === undefined) return invalidDate('a google.type.DateTime has no valid offset');
  return Number(`${sign}${seconds}`) * 1000;
}

/** Dates and times of the package `google.type`. Source: its `.proto` files. */
export const dates: readonly [string, WellKnownType][] = [
  [
    '.google.type.Date',
    converted((fields) => new CalendarDate(daysOf(fields, 'google.type.Date'))),
  ],
  [
    '.google.type.TimeOfDay',
    converted((fields) => new TimeOfDay(clockOf(fields, 'google.type.TimeOfDay'))),
  ],
  ['.google.type.DateTime', converted(dateTimeOf)],
];
