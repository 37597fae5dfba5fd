import type { Schema, Type } from 'avsc';
import avsc from 'avsc/etc/browser/avsc-types.js';
import type { FieldValue } from '../decoded-record.ts';

/** What avsc reads from (its `Tap`). `pos` may move past the end of `buf`. */
export interface ByteInput {
  readonly buf: Buffer;
  pos: number;
  /** Reads a zigzag-encoded integer of up to 64 bits, as a double. */
  readLong(): number;
  skipLong(): void;
}

/** Reads one value; undefined when the bytes end before it, which the caller detects by `pos`. */
export type Read = (input: ByteInput) => FieldValue | undefined;

/** A method of every avsc type that its declarations lack. */
interface Readable {
  _read(input: ByteInput): unknown;
}

/** The reader of an avsc type, to be called at the first value: recursive types are complete then. */
export function readOf(type: Type): (input: ByteInput) => unknown {
  if (type instanceof CustomType) return type.reader();
  const readable = type as unknown as Readable;
  return (input) => readable._read(input);
}

/** The options that avsc passes down while it creates types: names, namespace, hooks. */
export type SchemaOptions = Parameters<typeof avsc.Type.forSchema>[1];

/** Creates the reader of the type that avsc created of a schema. */
export type ReaderFactory = (type: Type) => Read;

/** What a `CustomType` is created from. */
export interface CustomTypeParts {
  readonly schema: Schema;
  readonly options: SchemaOptions;
  /** Called at the first value. */
  readonly createReader: ReaderFactory;
}

/**
 * An avsc type whose values are read by a `Read` function. It is a logical type because avsc allows
 * no other custom types.
 */
export class CustomType extends avsc.types.LogicalType {
  readonly #createReader: ReaderFactory;
  #read: Read | 'in creation' | null = null;

  constructor({ schema, options, createReader }: CustomTypeParts) {
    super(schema, options);
    this.#createReader = createReader;
  }

  /** The reader; inside a recursive type, where it does not exist yet, one that finds it later. */
  reader(): Read {
    if (this.#read === 'in creation') return (input) => this._read(input);
    if (this.#read !== null) return this.#read;
    this.#read = 'in creation';
    try {
      const read = this.#createReader(this.underlyingType);
      this.#read = read;
      return read;
    } catch (error) {
      this.#read = null;
      throw error;
    }
  }

  /** Called by avsc for a value of the type itself. */
  _read(input: ByteInput): FieldValue | undefined {
    return this.reader()(input);
  }
}
