import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decimalOf } from '../../../src/decode/logical/decimal.ts';

/** The bytes of `java.math.BigInteger.toByteArray`: minimal two's complement. */
function bytesOf(integer: bigint): Buffer {
  let length = 1;
  while (BigInt.asIntN(length * 8, integer) !== integer) length++;
  const hex = BigInt.asUintN(length * 8, integer)
    .toString(16)
    .padStart(length * 2, '0');
  return Buffer.from(hex, 'hex');
}

it('keeps every digit of integers of any length', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 200n), max: 2n ** 200n }), fc.nat(3), (integer, more) => {
      const sign = Buffer.alloc(more, integer < 0n ? 0xff : 0);
      const bytes = Buffer.concat([sign, bytesOf(integer)]);
      expect(decimalOf(bytes, 0).source).toBe(String(integer));
    }),
  );
});

it('only inserts the decimal point by the scale', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }),
      fc.integer({ min: 1, max: 30 }),
      (integer, scale) => {
        const { source } = decimalOf(bytesOf(integer), scale);
        expect(source).toMatch(/^-?(0|[1-9]\d*)\.\d+$/);
        expect(source.length - source.indexOf('.') - 1).toBe(scale);
        expect(BigInt(source.replace('.', ''))).toBe(integer);
      },
    ),
  );
});

it.each([
  ['no bytes', [], 2, '0.00'],
  ['zero', [0], 0, '0'],
  ['minus one', [0xff], 2, '-0.01'],
  ['a scale below zero', [5], -3, '5000'],
  ['zero with a scale below zero', [0], -3, '0'],
])('reads %s', (_name, bytes, scale, digits) => {
  expect(decimalOf(Buffer.from(bytes), scale).source).toBe(digits);
});

it('rejects what no field can hold before it formats the digits', () => {
  expect(() => decimalOf(Buffer.alloc(1_000_000, 1), 0)).toThrow(/^NUMBER_OUT_OF_RANGE/);
  expect(() => decimalOf(Buffer.from([1]), 2_000_000_000)).toThrow(/^NUMBER_OUT_OF_RANGE/);
  expect(() => decimalOf(Buffer.from([1]), -401)).toThrow(/^NUMBER_OUT_OF_RANGE/);
});
