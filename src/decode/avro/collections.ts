import type { Type, types } from 'avsc';
import { type FieldValue, InvalidValue } from '../decoded-record.ts';
import { type ByteInput, type Read, readOf } from './custom-type.ts';
import { readText, throwInvalid } from './primitives.ts';

/** The number of items of the next block, not validated; 0 at the end. */
function blockLength(input: ByteInput): number {
  const count = input.readLong();
  if (count < 0) input.skipLong();
  const items = Math.abs(count);
  return Number.isSafeInteger(items) ? items : throwInvalid();
}

/** Reads an item; undefined if it has no bytes. A wrong count fails at the end of the bytes. */
function readItem(input: ByteInput, read: (input: ByteInput) => unknown): FieldValue | undefined {
  const from = input.pos;
  const item = read(input) as FieldValue;
  if (input.pos === from) return undefined;
  return input.pos <= input.buf.length ? item : throwInvalid();
}

/**
 * Reads the items of a block. False if they have no bytes, as null and a record without fields: a count
 * could claim any number of them, so they are not read.
 */
function readBlock(
  count: number,
  items: FieldValue[],
  next: () => FieldValue | undefined,
): boolean {
  for (let left = count; left > 0; left--) {
    const item = next();
    if (item === undefined) return false;
    items.push(item);
  }
  return true;
}

const withoutValue = new InvalidValue({
  code: 'LIST_ITEM_INVALID',
  reason: 'an array has items of a type without a value, such as null, which no cell can hold',
});

/** Reads an array. avsc's own reader allocates as many items as the bytes claim. */
export const arrayReader = (type: Type): Read => {
  const read = readOf((type as types.ArrayType).itemsType);
  return (input) => {
    const items: FieldValue[] = [];
    const next = () => readItem(input, read);
    let hasBytes = true;
    for (let count = blockLength(input); count > 0; count = blockLength(input)) {
      hasBytes = readBlock(count, items, next);
    }
    return hasBytes ? items : withoutValue;
  };
};

/**
 * Reads a map as fields. `fromEntries` creates own properties also for names such as `__proto__`.
 */
export const mapReader = (type: Type): Read => {
  const read = readOf((type as types.MapType).valuesType as Type);
  return (input) => {
    const entries: [string, FieldValue][] = [];
    for (let left = blockLength(input); left > 0; left = blockLength(input)) {
      for (; left > 0; left--) entries.push([readText(input), read(input) as FieldValue]);
    }
    return Object.fromEntries(entries);
  };
};

/** Reads the value of a union's branch. */
export const unionReader = (type: Type): Read => {
  const branches = (type as types.WrappedUnionType).types.map(readOf);
  return (input) => {
    const read = branches[input.readLong()];
    if (read === undefined) return throwInvalid();
    return read(input) as FieldValue;
  };
};
