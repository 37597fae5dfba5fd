import { RecordError } from '../record-error.ts';
import { limits } from './limits.ts';

/** No double, and no Salesforce number, needs a larger power of ten. */
const maxExponent = 400;

/** Removes trailing zeros without a regular expression, which backtracks on long runs of zeros. */
function trimZeros(fraction: string): string {
  let end = fraction.length;
  while (fraction[end - 1] === '0') end--;
  return fraction.slice(0, end);
}

/** Removes the trailing zeros of a number's fraction: `250.00` becomes `250`. */
export function withoutTrailingZeros(number: string): string {
  const point = number.indexOf('.');
  if (point === -1) return number;
  const fraction = trimZeros(number.slice(point + 1));
  return fraction === '' ? number.slice(0, point) : `${number.slice(0, point)}.${fraction}`;
}

/**
 * Expands the exponent of a JSON or JavaScript number without losing digits: `1.5e3` becomes
 * `1500`, `1e-7` becomes `0.0000001`. A number that is too long for any field is unchanged. Throws
 * the record error `NUMBER_OUT_OF_RANGE` for an exponent beyond ±400.
 */
export function plainDigits(number: string): string {
  const parts = /^(-?)(\d+)(?:\.(\d+))?[eE]([+-]?\d+)$/.exec(number);
  if (parts === null || number.length > limits.fieldCharacters) return number;
  const [, sign = '', whole = '', fraction = '', power = '0'] = parts;
  const exponent = Number(power);
  if (Math.abs(exponent) > maxExponent) {
    throw new RecordError('NUMBER_OUT_OF_RANGE', `a number has an exponent beyond ±${maxExponent}`);
  }
  const point = whole.length + exponent;
  const digits = `${'0'.repeat(Math.max(0, -point))}${whole}${fraction}`.padEnd(point, '0');
  const at = Math.max(0, point);
  const integer = digits.slice(0, at).replace(/^0+(?=\d)/, '') || '0';
  const rest = trimZeros(digits.slice(at));
  return rest === '' ? `${sign}${integer}` : `${sign}${integer}.${rest}`;
}

/**
 * Normalizes a decimal number with all its digits, so that equal numbers are the same text: `1`,
 * `01.0` and `10e-1` become `1e0`. Other text is unchanged.
 */
export function canonicalNumber(text: string): string {
  const parts = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,15}))?$/.exec(text);
  const [, sign = '', whole = '', fraction = '', power = '0'] = parts ?? [];
  if (parts === null || whole + fraction === '') return text;
  const digits = (whole + fraction).replace(/^0+/, '');
  const significant = trimZeros(digits);
  if (significant === '') return '0';
  const exponent = Number(power) - fraction.length + digits.length - significant.length;
  return `${sign === '-' ? '-' : ''}${significant}e${exponent}`;
}
