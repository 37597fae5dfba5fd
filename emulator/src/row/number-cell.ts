import { type Cell, type CellReading, fieldError, undeserialized } from './cell.ts';

const INTEGER = /^[+-]?\d+$/;
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)$/;
const SCIENTIFIC = /^[+-]?(\d+\.?\d*|\.\d+)[eE][+-]?\d+$/;

/** Reads a cell of an int or long field. */
export function readInteger(cell: Cell): CellReading {
  if (!INTEGER.test(cell.text)) {
    // Seen by clients: a decimal point in an integer field has another error.
    return DECIMAL.test(cell.text) ? fieldError(cell, 'wrongType') : undeserialized(cell);
  }
  const bits = cell.field.type === 'long' ? 63n : 31n;
  const value = BigInt(cell.text.replace('+', ''));
  if (value >= 2n ** bits || value < -(2n ** bits)) return undeserialized(cell);
  // "The API returns an error if an integer value exceeds the number of digits" (SOAP API guide,
  // "DescribeSObjectResult"). assumption: integer-digits.
  const { digits } = cell.field;
  if (digits > 0 && String(value).replace('-', '').length > digits) {
    return fieldError(cell, 'numberRange');
  }
  return { value: Number(value) };
}

/** Whether a text is a number, in plain or scientific notation. */
export function isDecimal(text: string): boolean {
  return DECIMAL.test(text) || SCIENTIFIC.test(text);
}

/** Reads a cell of a double, currency or percent field; digits beyond its scale are rounded. */
export function readDouble(cell: Cell): CellReading {
  if (!isDecimal(cell.text)) return undeserialized(cell);
  const value = Number(cell.text);
  if (!Number.isFinite(value)) return undeserialized(cell);
  const { precision, scale } = cell.field;
  // assumption: number-range. A description without a precision sets no bounds.
  if (precision === 0) return { value };
  if (Math.abs(value) >= 10 ** (precision - scale)) {
    return fieldError(cell, 'numberRange');
  }
  return { value: Math.abs(value) < 1e21 ? Number(value.toFixed(Math.min(scale, 100))) : value };
}

/**
 * A number as Java's `Double.toString` prints it, such as `30.0` or `9.12260031E8`: the form of a
 * documentation sample of results. choice: number-echo.
 */
export function javaDouble(value: number): string {
  const size = Math.abs(value);
  if (size === 0 || (size >= 1e-3 && size < 1e7)) {
    const plain = String(value);
    return plain.includes('.') ? plain : `${plain}.0`;
  }
  const [digits = '', exponent = ''] = value.toExponential().split('e');
  return `${digits.includes('.') ? digits : `${digits}.0`}E${Number(exponent)}`;
}
