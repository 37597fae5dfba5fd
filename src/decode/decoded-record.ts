import type { KafkaRecord } from '../kafka/record.ts';
import { type ErrantCode, RecordError } from '../record-error.ts';

/**
 * A value of a known logical type. Its text in a cell depends on the type of the Salesforce field.
 */
export abstract class TypedValue {
  abstract readonly kind: 'decimal' | 'date' | 'timestamp' | 'time' | 'invalid';

  /** Throws the record error `TRANSFORM_FAILED`: an expression has made text of it by `&`. */
  toJSON(): never {
    throw new RecordError(
      'TRANSFORM_FAILED',
      `the expression makes text of a value with a type (${this.kind}); use $string(…) for it`,
    );
  }
}

/** A number as text in JSON's syntax, for numbers that a double would round. */
export class Decimal extends TypedValue {
  readonly kind = 'decimal';
  readonly source: string;

  constructor(source: string) {
    super();
    this.source = source;
  }
}

/** A calendar date, in days since 1970. The range is not checked. */
export class CalendarDate extends TypedValue {
  readonly kind = 'date';
  readonly days: number;

  constructor(days: number) {
    super();
    this.days = days;
  }
}

/** A point in time, in milliseconds since 1970. The range is not checked. */
export class Timestamp extends TypedValue {
  readonly kind = 'timestamp';
  readonly ms: number;

  constructor(ms: number) {
    super();
    this.ms = ms;
  }
}

/** A time of day, in milliseconds since midnight UTC. The range is not checked. */
export class TimeOfDay extends TypedValue {
  readonly kind = 'time';
  readonly ms: number;

  constructor(ms: number) {
    super();
    this.ms = ms;
  }
}

/** A value that no cell can hold. Its record is errant only if the cell is written. */
export class InvalidValue extends TypedValue {
  readonly kind = 'invalid';
  readonly code: ErrantCode;
  /** Names fields and positions, never values. */
  readonly reason: string;
  /** Whether the reason names the field. */
  readonly namesField: boolean;

  constructor({ code, reason }: Pick<RecordError, 'code' | 'reason'>, namesField = false) {
    super();
    this.code = code;
    this.reason = reason;
    this.namesField = namesField;
  }

  override toJSON(): never {
    throw new RecordError(this.code, this.reason);
  }
}

/** The value of one cell. */
export type Scalar =
  | string
  | number
  | boolean
  | null
  | Decimal
  | CalendarDate
  | Timestamp
  | TimeOfDay
  | InvalidValue;

/** The value of a decoded field. `csv` decides which values fit a cell. */
export type FieldValue = Scalar | readonly FieldValue[] | Fields;

/**
 * The fields of one record by source name. Read own keys only: a field may be named `constructor`
 * or `__proto__`.
 */
export interface Fields {
  readonly [name: string]: FieldValue;
}

/** A record and its decoded fields. */
export interface DecodedRecord {
  readonly record: KafkaRecord;
  readonly fields: Fields;
  /** True for a change event that updates an existing row. */
  readonly isUpdate?: boolean;
  /** True for a record that deletes its row; its only field identifies the row. */
  readonly isDelete?: boolean;
  /** Decodes the record's key; only where `TRANSFORM` may read it. Throws a `RecordError`. */
  readonly key?: () => FieldValue;
  /** The change event that holds the row, if any; only where `TRANSFORM` may read it. */
  readonly event?: Fields;
}

/** A record that marks its row as deleted. */
export interface Tombstone {
  readonly record: KafkaRecord;
  /**
   * The row's last fields, for a delete that Debezium rewrote to a row; null when there is no
   * value.
   */
  readonly fields: Fields | null;
  /** What says that its row is gone, as the start of a reason. */
  readonly cause: string;
  /** Decodes the record's key; null when it has none. Throws a `RecordError`. */
  readonly key: () => FieldValue;
  /** True if the fields are all that the row had, so that a zero is one. */
  readonly isWhole?: boolean;
  /** The change event that deletes the row, if any; only where `TRANSFORM` may read it. */
  readonly event?: Fields;
}

/** Tells whether a value is an object of fields, not an array or a scalar. */
export function isFields(value: unknown): value is Fields {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof TypedValue)
  );
}
