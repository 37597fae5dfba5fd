import type { Fields, FieldValue } from '../decoded-record.ts';
import type { WireReader } from './wire.ts';

/** Bounds what one record may take. */
export interface Budget {
  /** How many fields of messages, absent ones included, may still be made. */
  fields: number;
}

/** Where a message is in its record. */
export interface Level {
  /** The number of enclosing messages. */
  readonly depth: number;
  readonly budget: Budget;
}

/** How the occurrences of one field in a message become its value. */
export interface FieldReader {
  readonly name: string;
  /** The positions of the other members of its oneof. */
  readonly siblings: readonly number[];
  /** The value when there is no occurrence; undefined: the field is left out. */
  readonly absent: () => FieldValue | undefined;
  /** Tells whether values of this wire type are the field's; others are skipped. */
  readonly fits: (wireType: number) => boolean;
  /**
   * Reads an occurrence, whose tag is `input.current`, and returns it together with `collected`,
   * the earlier ones; undefined for the first.
   */
  readonly collect: (input: WireReader, collected: unknown, level: Level) => unknown;
  /** Makes the value of what was collected. */
  readonly value: (collected: unknown, level: Level) => FieldValue;
}

/** A message type whose field types are known. Fields are added later, since types may recur. */
export interface MessageType {
  readonly fields: FieldReader[];
  /** The position of a field in `fields` by its number. */
  readonly positions: Map<number, number>;
  /** Makes the value of a well-known type of its fields; null for a plain object. */
  readonly convert: ((fields: Fields) => FieldValue) | null;
}
