import { type ErrantCode, RecordError } from '../errors.ts';
import type { KafkaRecord } from '../kafka/record.ts';

/** A value whose meaning is known: what it becomes depends on the field that takes it. */
export abstract class TypedValue {
  abstract readonly kind: 'decimal' | 'date' | 'moment' | 'time' | 'flaw';
}

/** A number as its source wrote it, as JSON writes numbers, for what a double would round. */
export class Decimal extends TypedValue {
  readonly kind = 'decimal';
  readonly source: string;

  constructor(source: string) {
    super();
    this.source = source;
  }
}

/** A date of the calendar, in days since 1970; any number, also one that no calendar has. */
export class CalendarDate extends TypedValue {
  readonly kind = 'date';
  readonly days: number;

  constructor(days: number) {
    super();
    this.days = days;
  }
}

/** A point in time, in milliseconds since 1970; any number, also one that no calendar has. */
export class Moment extends TypedValue {
  readonly kind = 'moment';
  readonly ms: number;

  constructor(ms: number) {
    super();
    this.ms = ms;
  }
}

/** A time of day, in milliseconds since midnight UTC; any number, also one beyond a day. */
export class TimeOfDay extends TypedValue {
  readonly kind = 'time';
  readonly ms: number;

  constructor(ms: number) {
    super();
    this.ms = ms;
  }
}

/** What no cell can hold, and why. It is a fault only where its cell is written. */
export class Flaw extends TypedValue {
  readonly kind = 'flaw';
  readonly code: ErrantCode;
  /** Names fields and positions, never values. */
  readonly reason: string;
  /** Whether the reason says which field it is about. */
  readonly isLocated: boolean;

  constructor({ code, reason }: Pick<RecordError, 'code' | 'reason'>, isLocated = false) {
    super();
    this.code = code;
    this.reason = reason;
    this.isLocated = isLocated;
  }
}

/** A value that fills one cell. */
export type Scalar =
  | string
  | number
  | boolean
  | null
  | Decimal
  | CalendarDate
  | Moment
  | TimeOfDay
  | Flaw;

/** Anything that a decoded field can hold; which of it fits a cell is for `csv` to say. */
export type FieldValue = Scalar | readonly FieldValue[] | Fields;

/**
 * The fields of one record by their source name. Read own keys only: a field may be called
 * `constructor` or `__proto__`.
 */
export interface Fields {
  readonly [name: string]: FieldValue;
}

/** A decoded record on its way into the job. */
export interface DecodedRecord {
  readonly record: KafkaRecord;
  readonly fields: Fields;
}

/** A decoded record that says that its row is gone. */
export interface Tombstone {
  readonly record: KafkaRecord;
  /** The row's last fields, in a delete that was rewritten to a row; null: there is no value. */
  readonly fields: Fields | null;
  /** Reads the record's key; null: it has none. Throws a `RecordError`. */
  readonly key: () => FieldValue;
}

/** Tells an object of named fields from a list and a scalar. */
export function isFields(value: unknown): value is Fields {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof TypedValue)
  );
}

/** The flaw that a `RecordError` tells of; any other error is thrown on. */
export function flawOf(error: unknown, isLocated = false): Flaw {
  if (error instanceof RecordError) return new Flaw(error, isLocated);
  throw error;
}

/** Gives what `make` makes, or the flaw that it throws as a `RecordError`, located or not. */
export function orFlaw<T>(make: () => T, isLocated = false): T | Flaw {
  try {
    return make();
  } catch (error) {
    return flawOf(error, isLocated);
  }
}
