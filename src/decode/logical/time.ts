import { CalendarDate, type Decimal, Moment, TimeOfDay } from '../decoded-record.ts';

/** A whole number: a double where that is exact, else its digits. */
export type Whole = number | Decimal;

/** What a count of time is in. */
export type Unit = 'millis' | 'micros' | 'nanos';

const perMillisecond = { millis: 1, micros: 1_000, nanos: 1_000_000 } as const;

/** Whole milliseconds, rounded towards the past; exact for any whole number. */
function millisecondsOf(count: Whole, unit: Unit): number {
  const per = perMillisecond[unit];
  if (typeof count === 'number') return Math.floor(count / per);
  const ticks = BigInt(count.source);
  const divisor = BigInt(per);
  const over = ((ticks % divisor) + divisor) % divisor;
  return Number((ticks - over) / divisor);
}

/** Gives the point in time of a count since 1970. What is finer than a millisecond is cut off. */
export function momentOf(sinceEpoch: Whole, unit: Unit): Moment {
  return new Moment(millisecondsOf(sinceEpoch, unit));
}

/** Gives the date of a count of days since 1970. */
export function dateOf(days: Whole): CalendarDate {
  return new CalendarDate(millisecondsOf(days, 'millis'));
}

/** Gives the time of day of a count since midnight. What is finer than a millisecond is cut off. */
export function timeOf(sinceMidnight: Whole, unit: Unit): TimeOfDay {
  return new TimeOfDay(millisecondsOf(sinceMidnight, unit));
}
