import type { Schema, Type } from 'avsc';
import avsc from 'avsc/etc/browser/avsc-types.js';
import type { FieldValue } from '../decoded-record.ts';

/** Where avsc reads from: `pos` moves on, also past the end of `buf`. */
export interface Tap {
  readonly buf: Buffer;
  pos: number;
  /** Reads a zigzag number of up to 64 bits, as a double. */
  readLong(): number;
  skipLong(): void;
}

/** Reads one value; undefined where the bytes end before it, which the caller finds out at the end. */
export type Read = (tap: Tap) => FieldValue | undefined;

/** What every type of avsc has, though its declarations do not say so. */
interface Readable {
  _read(tap: Tap): unknown;
}

/** What a type reads by itself. */
export function readOf(type: Type): (tap: Tap) => unknown {
  const readable = type as unknown as Readable;
  return (tap) => readable._read(tap);
}

/** What avsc hands from schema to schema while it makes types: names, namespace, hooks. */
export type MakeOptions = Parameters<typeof avsc.Type.forSchema>[1];

/** How a type of the schema is read, and from what options it is made. */
export interface Reading {
  readonly schema: Schema;
  readonly options: MakeOptions;
  /** Gives the reader for the type that avsc made of the schema; called at the first value. */
  readonly make: (type: Type) => Read;
}

/**
 * A type of avsc whose values are read in a way of ours, straight from the bytes. A logical type is
 * the one kind of type that avsc lets others define, under the name of the type below.
 */
export class Reader extends avsc.types.LogicalType {
  readonly #make: Reading['make'];
  #read: Read | null = null;

  constructor({ schema, options, make }: Reading) {
    super(schema, options);
    this.#make = make;
  }

  /** Called by avsc. Not before the first value, since a recursive type is complete only then. */
  _read(tap: Tap): FieldValue | undefined {
    this.#read ??= this.#make(this.underlyingType);
    return this.#read(tap);
  }
}
