import { Decimal } from './row.ts';

/**
 * Gives a number of the source text as a double where that keeps it, else as a `Decimal`. A double
 * keeps any 15 significant digits, but nothing beyond about 10^308 or closer to 0 than 10^-323.
 */
export function exactNumber(source: string, value: number): number | Decimal {
  const digits = source
    .replace(/[eE].*$/, '')
    .replace(/\D/g, '')
    .replace(/^0+/, '');
  const isKept = Number.isFinite(value) && (value !== 0 || digits === '');
  return isKept && digits.length <= 15 ? value : new Decimal(source);
}
