import { CalendarDate, Decimal, type FieldValue, TimeOfDay, Timestamp } from '../decoded-record.ts';

/** An integer: a double if that is exact, else a `Decimal`. */
export type WholeNumber = number | Decimal;

/** Whether a value is an integer, which a count must be. */
export const isWhole = (value: FieldValue): value is WholeNumber =>
  Number.isInteger(value) || (value instanceof Decimal && /^-?\d+$/.test(value.source));

/** The unit of a count of time. */
export type TimeUnit = 'millis' | 'micros' | 'nanos';

const perMillisecond = { millis: 1, micros: 1_000, nanos: 1_000_000 } as const;

/** Converts a count to milliseconds, rounded down; exact for any integer. */
function millisecondsOf(count: WholeNumber, unit: TimeUnit): number {
  const per = perMillisecond[unit];
  if (typeof count === 'number') return Math.floor(count / per);
  const ticks = BigInt(count.source);
  const divisor = BigInt(per);
  const over = ((ticks % divisor) + divisor) % divisor;
  return Number((ticks - over) / divisor);
}

/** Converts a count since 1970, truncated to milliseconds. */
export function timestampOf(sinceEpoch: WholeNumber, unit: TimeUnit): Timestamp {
  return new Timestamp(millisecondsOf(sinceEpoch, unit));
}

/** Converts a count of days since 1970. */
export function dateOf(days: WholeNumber): CalendarDate {
  return new CalendarDate(millisecondsOf(days, 'millis'));
}

/** Converts a count since midnight, truncated to milliseconds. */
export function timeOf(sinceMidnight: WholeNumber, unit: TimeUnit): TimeOfDay {
  return new TimeOfDay(millisecondsOf(sinceMidnight, unit));
}
