import { RecordError } from '../../errors.ts';
import type { Decimal } from '../row.ts';

/** A whole number: a double where that is exact, else its digits. */
export type Whole = number | Decimal;

/** What a count of time is in. */
export type Unit = 'millis' | 'micros' | 'nanos';

const perMillisecond = { millis: 1, micros: 1_000, nanos: 1_000_000 } as const;

const dayMs = 86_400_000;

/**
 * What a date or date-time field takes: 1700-01-01 to 4000-12-31, in UTC.
 * Source: Salesforce SOAP API developer guide, "Primitive Data Types", `dateTime`.
 */
const earliestMs = Date.UTC(1700, 0, 1);
const latestMs = Date.UTC(4001, 0, 1) - 1;

function outOfRange(what: string): never {
  throw new RecordError('DATE_OUT_OF_RANGE', what);
}

/** Whole milliseconds, rounded towards the past; exact for any whole number. */
function millisecondsOf(count: Whole, unit: Unit): number {
  const per = perMillisecond[unit];
  if (typeof count === 'number') return Math.floor(count / per);
  const ticks = BigInt(count.source);
  const divisor = BigInt(per);
  const over = ((ticks % divisor) + divisor) % divisor;
  return Number((ticks - over) / divisor);
}

/** Writes a point in time, milliseconds since 1970, as `yyyy-MM-ddTHH:mm:ss.SSSZ`. */
function instantText(ms: number): string {
  if (!(ms >= earliestMs && ms <= latestMs)) {
    return outOfRange('a date and time lies outside 1700 to 4000, which is what Salesforce takes');
  }
  return new Date(ms).toISOString();
}

/**
 * Writes a point in time as `yyyy-MM-ddTHH:mm:ss.SSSZ`. What is finer than a millisecond is cut
 * off. Throws the record error `DATE_OUT_OF_RANGE`.
 */
export function timestampText(sinceEpoch: Whole, unit: Unit): string {
  return instantText(millisecondsOf(sinceEpoch, unit));
}

/** Writes a count of days since 1970 as `yyyy-MM-dd`. Throws `DATE_OUT_OF_RANGE`. */
export function dateText(days: Whole): string {
  const ms = millisecondsOf(days, 'millis') * dayMs;
  if (!(ms >= earliestMs && ms <= latestMs)) {
    return outOfRange('a date lies outside 1700 to 4000, which is what Salesforce takes');
  }
  return new Date(ms).toISOString().slice(0, 10);
}

/** Writes a count since midnight as `HH:mm:ss.SSSZ`. Throws `DATE_OUT_OF_RANGE`. */
export function timeText(sinceMidnight: Whole, unit: Unit): string {
  const ms = millisecondsOf(sinceMidnight, unit);
  if (!(ms >= 0 && ms < dayMs)) return outOfRange('a time of day is not within one day');
  return new Date(ms).toISOString().slice(11);
}
