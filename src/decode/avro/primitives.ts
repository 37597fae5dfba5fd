import type { Type } from 'avsc';
import { RecordError } from '../../record-error.ts';
import { Decimal } from '../decoded-record.ts';
import { shortestFloat } from '../exact-number.ts';
import { stringAt } from '../text.ts';
import { type ByteInput, type Read, readOf } from './custom-type.ts';

/** Throws for bytes that do not match the schema, usually because another schema wrote them. */
export function throwInvalid(): never {
  throw new RecordError('AVRO_INVALID', 'the bytes do not match the schema');
}

/** Reads a 64-bit integer with all its digits. */
function exactLong(input: ByteInput): Decimal {
  let bits = 0n;
  for (let shift = 0n; shift < 70n; shift += 7n) {
    const byte = input.buf[input.pos++];
    if (byte === undefined) return throwInvalid();
    bits |= BigInt(byte & 0x7f) << shift;
    if (byte < 0x80) {
      const zigzag = BigInt.asUintN(64, bits);
      return new Decimal(String((zigzag >> 1n) ^ -(zigzag & 1n)));
    }
  }
  return throwInvalid();
}

/** Reads a 32-bit integer. avsc's own reader accepts longer ones. */
export function readInt(input: ByteInput): number {
  const number = input.readLong();
  return number === (number | 0) ? number : throwInvalid();
}

/** avsc computes in doubles; longs of a smaller magnitude are exact. */
const exactLimit = 2 ** 51;

/** Reads a long: a double if that is exact, else a `Decimal`. */
export function readLong(input: ByteInput): number | Decimal {
  const { pos } = input;
  const number = input.readLong();
  if (Math.abs(number) < exactLimit) return number;
  input.pos = pos;
  return exactLong(input);
}

/** Skips length-prefixed bytes and returns their start. */
export function skipBytes(input: ByteInput): number {
  const length = input.readLong();
  const from = input.pos;
  if (!(length >= 0 && from + length <= input.buf.length)) return throwInvalid();
  input.pos = from + length;
  return from;
}

/** Reads bytes as a view of the value, not a copy. */
export function readBytes(input: ByteInput): Buffer {
  const from = skipBytes(input);
  return input.buf.subarray(from, input.pos);
}

/**
 * Decodes the bytes from `from` to the current position as UTF-8. Throws the record error
 * `TEXT_NOT_UTF8` rather than insert U+FFFD.
 */
export function decodeText(input: ByteInput, from: number): string {
  return stringAt(input.buf, from, input.pos);
}

/** Reads a string. */
export function readText(input: ByteInput): string {
  return decodeText(input, skipBytes(input));
}

/** Reads a float as the shortest number that it represents. */
export const floatReader = (type: Type): Read => {
  const read = readOf(type) as (input: ByteInput) => number | undefined;
  return (input) => {
    const value = read(input);
    return value === undefined || !Number.isFinite(value) ? value : shortestFloat(value);
  };
};
