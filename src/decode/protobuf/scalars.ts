import type { FieldValue } from '../decoded-record.ts';
import { shortestFloat } from '../exact-number.ts';
import { valueOrInvalid } from '../invalid-value.ts';
import { stringAt } from '../text.ts';
import type { ScalarType } from './schema/file.ts';
import { type WireReader, wholeNumber, wireTypes } from './wire.ts';

/** How values of a type that is not a message are read. */
export interface ScalarReader {
  readonly wireType: number;
  readonly read: (input: WireReader) => FieldValue;
  /** The value of an absent field without presence. */
  readonly zero: FieldValue;
}

const { varint, fixed32, fixed64, bytes } = wireTypes;

const signed = (low: number): number => low | 0;

/** Undoes the zigzag encoding of a 64-bit integer. */
function zigzag64(input: WireReader): FieldValue {
  const low = input.varint();
  const sign = -(low & 1);
  const high = (input.high >>> 1) ^ sign;
  return wholeNumber(high, (((low >>> 1) | (input.high << 31)) ^ sign) >>> 0);
}

function float(input: WireReader): number {
  const value = input.bytes.readFloatLE(input.take(4));
  return Number.isFinite(value) ? shortestFloat(value) : value;
}

/** Reads length-prefixed bytes as base64. */
function base64(input: WireReader): string {
  const from = input.takeSized();
  return input.bytes.toString('base64', from, input.pos);
}

/** Reads a string; one that is not UTF-8 is an `InvalidValue`. */
function text(input: WireReader): FieldValue {
  const from = input.takeSized();
  return valueOrInvalid(() => stringAt(input.bytes, from, input.pos));
}

const number = (wireType: number, read: ScalarReader['read']): ScalarReader => ({
  wireType,
  read,
  zero: 0,
});

/** Integers of more bits than their type has are cut to it, as protoc's own readers do. */
export const scalarReaders: Readonly<Record<ScalarType, ScalarReader>> = {
  double: number(fixed64, (input) => input.bytes.readDoubleLE(input.take(8))),
  float: number(fixed32, float),
  int32: number(varint, (input) => signed(input.varint())),
  int64: number(varint, (input) => {
    const low = input.varint();
    return wholeNumber(signed(input.high), low);
  }),
  uint32: number(varint, (input) => input.varint()),
  uint64: number(varint, (input) => {
    const low = input.varint();
    return wholeNumber(input.high, low);
  }),
  sint32: number(varint, (input) => {
    const low = input.varint();
    return (low >>> 1) ^ -(low & 1);
  }),
  sint64: number(varint, zigzag64),
  fixed32: number(fixed32, (input) => input.fixed32()),
  fixed64: number(fixed64, (input) => {
    const low = input.fixed64();
    return wholeNumber(input.high, low);
  }),
  sfixed32: number(fixed32, (input) => signed(input.fixed32())),
  sfixed64: number(fixed64, (input) => {
    const low = input.fixed64();
    return wholeNumber(signed(input.high), low);
  }),
  bool: {
    wireType: varint,
    read: (input) => (input.varint() | input.high) !== 0,
    zero: false,
  },
  string: { wireType: bytes, read: text, zero: '' },
  bytes: { wireType: bytes, read: base64, zero: '' },
};

/**
 * Reads an enum as the name of its value, the first one of several; a number without a name is its
 * digits. The first value is the zero, which in proto2 may have any number.
 */
export function enumReader(
  values: readonly (readonly [name: string, number: number])[],
): ScalarReader {
  const names = new Map(values.toReversed().map(([name, number]) => [number, name]));
  const nameOf = (number: number): string => names.get(number) ?? String(number);
  return {
    wireType: varint,
    read: (input) => nameOf(signed(input.varint())),
    zero: nameOf(values[0]?.[1] ?? 0),
  };
}
