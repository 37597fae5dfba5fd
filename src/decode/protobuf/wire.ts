import { RecordError } from '../../record-error.ts';
import { Decimal } from '../decoded-record.ts';

/** Throws for bytes that are not Protobuf's wire format, or of another schema. */
export function throwInvalid(reason = 'the bytes do not match the schema'): never {
  throw new RecordError('PROTOBUF_INVALID', reason);
}

const truncated = 'the bytes end before the value does';

/** The wire types. 3 and 4 enclose the fields of a group. */
export const wireTypes = { varint: 0, fixed64: 1, bytes: 2, group: 3, endGroup: 4, fixed32: 5 };

/** Groups within groups that are skipped, and messages within messages, at most. */
export const maxDepth = 100;

const tooDeep = (): never => {
  throw new RecordError('NESTING_TOO_DEEP', `the value has more than ${maxDepth} levels`);
};

/** Throws the record error `NESTING_TOO_DEEP` beyond `maxDepth` levels. */
export const checkDepth = (depth: number): void => {
  if (depth > maxDepth) tooDeep();
};

/** Integers of a smaller magnitude have at most 15 digits. */
const exactLimit = 1e15;

/** An integer of two halves, of which `high` has the sign: a double if that is exact. */
export function wholeNumber(high: number, low: number): number | Decimal {
  const value = high * 2 ** 32 + low;
  if (Math.abs(value) < exactLimit) return value;
  return new Decimal(String((BigInt(high) << 32n) + BigInt(low)));
}

/**
 * Reads Protobuf's wire format from `pos` to `end`. Every method throws the record error
 * `PROTOBUF_INVALID` when the bytes end too early.
 * Source: protobuf.dev, "Encoding".
 */
export class WireReader {
  readonly bytes: Buffer;
  pos: number;
  end: number;
  /** The last tag: the number of a field times 8, and the wire type. */
  current = 0;
  /** The upper 32 bits of the last varint or fixed64, unsigned. */
  high = 0;

  constructor(bytes: Buffer, pos: number, end: number) {
    this.bytes = bytes;
    this.pos = pos;
    this.end = end;
  }

  #byte(): number {
    if (this.pos >= this.end) return throwInvalid(truncated);
    return this.bytes[this.pos++] as number;
  }

  /**
   * Reads a varint of at most 64 bits and returns its lower 32 bits, unsigned. The upper ones are
   * in `high`.
   */
  varint(): number {
    let low = 0;
    this.high = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = this.#byte();
      const bits = byte & 0x7f;
      if (shift < 32) low |= bits << shift;
      if (shift > 28) this.high |= bits << (shift - 32);
      else if (shift === 28) this.high = bits >>> 4;
      if (byte < 0x80) {
        this.high >>>= 0;
        return low >>> 0;
      }
    }
    return throwInvalid('a varint has more than 10 bytes');
  }

  /** Moves past a number of bytes and returns their start. */
  take(length: number): number {
    const from = this.pos;
    if (length > this.end - from) return throwInvalid(truncated);
    this.pos = from + length;
    return from;
  }

  /** Moves past length-prefixed bytes and returns their start; `pos` is their end. */
  takeSized(): number {
    const length = this.varint();
    return this.take(this.high === 0 ? length : Number.POSITIVE_INFINITY);
  }

  fixed32(): number {
    return this.bytes.readUInt32LE(this.take(4));
  }

  /** Returns the lower 32 bits, unsigned. The upper ones are in `high`. */
  fixed64(): number {
    const from = this.take(8);
    this.high = this.bytes.readUInt32LE(from + 4);
    return this.bytes.readUInt32LE(from);
  }

  /** Reads the tag of a field: its number times 8, and the wire type. */
  tag(): number {
    const tag = this.varint();
    if (this.high !== 0 || tag < 8) return throwInvalid('a field has a number that none can have');
    this.current = tag;
    return tag;
  }

  /** Moves past the value of a field. */
  skip(tag: number, depth = 0): void {
    const wireType = tag & 7;
    if (wireType === wireTypes.varint) this.varint();
    else if (wireType === wireTypes.fixed64) this.take(8);
    else if (wireType === wireTypes.bytes) this.takeSized();
    else if (wireType === wireTypes.group) this.takeGroup(tag, depth);
    else if (wireType === wireTypes.fixed32) this.take(4);
    else throwInvalid('a field has a wire type that is none, or a group ends that did not begin');
  }

  /** Moves past the fields of a group and its end, and returns the end of its fields. */
  takeGroup(tag: number, depth = 0): number {
    checkDepth(depth);
    for (;;) {
      const from = this.pos;
      const next = this.tag();
      if (next === tag + 1) return from;
      this.skip(next, depth + 1);
    }
  }
}
