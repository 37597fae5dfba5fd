import { Decimal } from './decoded-record.ts';

/** The least double with all its 53 bits: 2^-1022. */
const leastNormal = 2.2250738585072014e-308;

/**
 * Gives a number of the source text as a double where that keeps it, else as a `Decimal`. A double
 * keeps any 15 significant digits, but nothing beyond about 10^308, and fewer the closer to 0 a
 * number is below the least normal one.
 */
export function exactNumber(source: string, value: number): number | Decimal {
  const digits = source
    .replace(/[eE].*$/, '')
    .replace(/\D/g, '')
    .replace(/^0+/, '');
  const isKept = Number.isFinite(value) && (Math.abs(value) >= leastNormal || digits === '');
  return isKept && digits.length <= 15 ? value : new Decimal(source);
}
