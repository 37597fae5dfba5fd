import type { KafkaRecord } from '../kafka/record.ts';

/** A number as its source wrote it, as JSON writes numbers, for what a double would round. */
export class Decimal {
  readonly source: string;

  constructor(source: string) {
    this.source = source;
  }
}

/** A value that fills one cell. */
export type Scalar = string | number | boolean | null | Decimal;

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
export interface Row {
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

/** Tells an object of named fields from a list, a scalar and an exact number. */
export function isFields(value: unknown): value is Fields {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Decimal)
  );
}
