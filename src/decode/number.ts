import { Decimal } from './row.ts';

/**
 * Gives a number of the source text as a double where that keeps every digit, else as a
 * `Decimal`. A double keeps any 15 significant digits.
 */
export function exactNumber(source: string, value: number): number | Decimal {
  const digits = source
    .replace(/[eE].*$/, '')
    .replace(/\D/g, '')
    .replace(/^0+/, '');
  return digits.length <= 15 || !Number.isFinite(value) ? value : new Decimal(source);
}
