import { isUtf8 } from 'node:buffer';
import type { Type, types } from 'avsc';
import { RecordError } from '../../errors.ts';
import { Decimal, type FieldValue } from '../decoded-record.ts';
import { type Read, readOf, type Tap } from './reader.ts';

/** The bytes are not what the schema says, most often because another schema wrote them. */
export function misfit(): never {
  throw new RecordError('AVRO_INVALID', 'the bytes do not fit the schema');
}

/** Reads a 64-bit number again, digit for digit. */
function exactLong(tap: Tap): Decimal {
  let bits = 0n;
  for (let shift = 0n; shift < 70n; shift += 7n) {
    const byte = tap.buf[tap.pos++];
    if (byte === undefined) return misfit();
    bits |= BigInt(byte & 0x7f) << shift;
    if (byte < 0x80) {
      const zigzag = BigInt.asUintN(64, bits);
      return new Decimal(String((zigzag >> 1n) ^ -(zigzag & 1n)));
    }
  }
  return misfit();
}

/** Reads a number of 32 bits. avsc's own takes what is longer, up to numbers that are none. */
export function readInt(tap: Tap): number {
  const number = tap.readLong();
  return number === (number | 0) ? number : misfit();
}

/** Longs below this, and above its negative, come through avsc's arithmetic in doubles unharmed. */
const largestDouble = 2 ** 51;

/** Reads a long: as a double where that is exact, else with all its digits. */
export function readLong(tap: Tap): number | Decimal {
  const { pos } = tap;
  const number = tap.readLong();
  if (Math.abs(number) < largestDouble) return number;
  tap.pos = pos;
  return exactLong(tap);
}

/** Moves past bytes that have their length in front, and gives where they begin. */
export function passBytes(tap: Tap): number {
  const length = tap.readLong();
  const from = tap.pos;
  if (!(length >= 0 && from + length <= tap.buf.length)) return misfit();
  tap.pos = from + length;
  return from;
}

/** Reads bytes; they are those of the value, not a copy. */
export function readBytes(tap: Tap): Buffer {
  const from = passBytes(tap);
  return tap.buf.subarray(from, tap.pos);
}

/**
 * The text of the bytes that were passed, which begin at `from`. Bytes that are no UTF-8 are an error
 * rather than U+FFFD.
 */
export function passedText(tap: Tap, from: number): string {
  const text = tap.buf.toString('utf8', from, tap.pos);
  if (text.includes('\ufffd') && !isUtf8(tap.buf.subarray(from, tap.pos))) {
    throw new RecordError('TEXT_NOT_UTF8', 'a string is not UTF-8 text');
  }
  return text;
}

/** Reads a string. */
export function readText(tap: Tap): string {
  return passedText(tap, passBytes(tap));
}

/**
 * The shortest number that a float of 32 bits stands for: 0.1, not 0.10000000149011612. Nine digits
 * tell any two floats apart.
 */
function shortestFloat(value: number): number {
  for (const digits of [6, 7, 8]) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return Number(value.toPrecision(9));
}

/** Reads a float as the number that was meant. */
export const floatReader = (type: Type): Read => {
  const read = readOf(type) as (tap: Tap) => number | undefined;
  return (tap) => {
    const value = read(tap);
    return value === undefined || !Number.isFinite(value) ? value : shortestFloat(value);
  };
};

/** Reads the branch of a union that the bytes name. */
export const unionReader = (type: Type): Read => {
  const branches = (type as types.WrappedUnionType).types.map(readOf);
  return (tap) => {
    const read = branches[tap.readLong()];
    if (read === undefined) return misfit();
    return read(tap) as FieldValue;
  };
};

/** How many items the bytes claim to come next; 0 at the end. */
function blockLength(tap: Tap): number {
  const count = tap.readLong();
  if (count < 0) tap.skipLong();
  const items = Math.abs(count);
  return Number.isSafeInteger(items) ? items : misfit();
}

/**
 * Reads an item. A wrong count is never believed further than the bytes go; items that take none,
 * such as null, a record without fields or no bytes at all, could be claimed without end.
 */
function readItem(tap: Tap, read: (tap: Tap) => unknown): FieldValue {
  const from = tap.pos;
  const item = read(tap) as FieldValue;
  if (tap.pos === from) {
    const reason = 'an array has items that are nothing by their type, which no cell could hold';
    throw new RecordError('LIST_ITEM_INVALID', reason);
  }
  return tap.pos <= tap.buf.length ? item : misfit();
}

/** Reads an array. avsc's own would make room for as many items as the bytes claim. */
export const arrayReader = (type: Type): Read => {
  const read = readOf((type as types.ArrayType).itemsType);
  return (tap) => {
    const items: FieldValue[] = [];
    for (let left = blockLength(tap); left > 0; left = blockLength(tap)) {
      for (; left > 0; left--) items.push(readItem(tap, read));
    }
    return items;
  };
};

/** Reads a map, as own fields whatever their names. */
export const mapReader = (type: Type): Read => {
  const read = readOf((type as types.MapType).valuesType as Type);
  return (tap) => {
    const entries: [string, FieldValue][] = [];
    for (let left = blockLength(tap); left > 0; left = blockLength(tap)) {
      for (; left > 0; left--) entries.push([readText(tap), read(tap) as FieldValue]);
    }
    return Object.fromEntries(entries);
  };
};
