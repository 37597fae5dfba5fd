import { RecordError } from '../errors.ts';
import { limits } from './limits.ts';

/** No double, and no Salesforce number, needs a larger power of ten than this. */
const largestExponent = 400;

/** Takes zeros from the end, without a regular expression: a long run of them made one hang. */
function withoutZeros(fraction: string): string {
  let end = fraction.length;
  while (fraction[end - 1] === '0') end--;
  return fraction.slice(0, end);
}

/** The text of a number without zeros at the end of its fraction, which say nothing: `250` of `250.00`. */
export function withoutFinalZeros(number: string): string {
  const point = number.indexOf('.');
  if (point === -1) return number;
  const fraction = withoutZeros(number.slice(point + 1));
  return fraction === '' ? number.slice(0, point) : `${number.slice(0, point)}.${fraction}`;
}

/**
 * Writes a JSON or JavaScript number without an exponent: `1.5e3` becomes `1500`, `1e-7` becomes
 * `0.0000001`. No digit is lost. A number that is too long for any field stays as it is. Throws the
 * record error `NUMBER_OUT_OF_RANGE` for an exponent beyond ±400.
 */
export function plainDigits(number: string): string {
  const parts = /^(-?)(\d+)(?:\.(\d+))?[eE]([+-]?\d+)$/.exec(number);
  if (parts === null || number.length > limits.fieldCharacters) return number;
  const [, sign = '', whole = '', fraction = '', power = '0'] = parts;
  const exponent = Number(power);
  if (Math.abs(exponent) > largestExponent) {
    throw new RecordError(
      'NUMBER_OUT_OF_RANGE',
      `a number has an exponent beyond ±${largestExponent}`,
    );
  }
  const point = whole.length + exponent;
  const digits = `${'0'.repeat(Math.max(0, -point))}${whole}${fraction}`.padEnd(point, '0');
  const at = Math.max(0, point);
  const integer = digits.slice(0, at).replace(/^0+(?=\d)/, '') || '0';
  const rest = withoutZeros(digits.slice(at));
  return rest === '' ? `${sign}${integer}` : `${sign}${integer}.${rest}`;
}

/**
 * Writes a decimal number so that numbers of the same value are the same text, whatever the form and
 * with all digits: `1`, `01.0` and `10e-1` are `1e0`. What is no number stays as it is.
 */
export function exactNumber(text: string): string {
  const parts = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,15}))?$/.exec(text);
  const [, sign = '', whole = '', fraction = '', power = '0'] = parts ?? [];
  if (parts === null || whole + fraction === '') return text;
  const digits = (whole + fraction).replace(/^0+/, '');
  const significant = withoutZeros(digits);
  if (significant === '') return '0';
  const exponent = Number(power) - fraction.length + digits.length - significant.length;
  return `${sign === '-' ? '-' : ''}${significant}e${exponent}`;
}
