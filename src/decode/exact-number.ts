import { Decimal } from './decoded-record.ts';

/** The smallest normal double: 2^-1022. */
const smallestNormal = 2.2250738585072014e-308;

/**
 * Returns a number as a double if that is exact, else as a `Decimal` of its source text. A double
 * keeps any 15 significant digits, except beyond about 10^308 and below the smallest normal double.
 */
export function doubleOrDecimal(source: string, value: number): number | Decimal {
  const digits = source
    .replace(/[eE].*$/, '')
    .replace(/\D/g, '')
    .replace(/^0+/, '');
  const isInRange = Number.isFinite(value) && (Math.abs(value) >= smallestNormal || digits === '');
  return isInRange && digits.length <= 15 ? value : new Decimal(source);
}

/**
 * The shortest decimal that rounds to this 32-bit float: 0.1, not 0.10000000149011612. Nine digits
 * identify any float.
 */
export function shortestFloat(value: number): number {
  for (const digits of [6, 7, 8]) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return Number(value.toPrecision(9));
}
