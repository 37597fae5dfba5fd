import { RecordError } from '../../record-error.ts';
import { Decimal } from '../decoded-record.ts';

/** No Salesforce number, and no double, needs more digits on either side of the point. */
const maxPlaces = 400;

/** Enough for any number of `maxPlaces` digits. */
const maxBytes = 168;

const outOfRange = (problem: string): never => {
  throw new RecordError('NUMBER_OUT_OF_RANGE', `a decimal has ${problem}`);
};

/** Formats a big-endian two's complement integer. Six bytes fit a double. */
function unscaledDigits(bytes: Buffer): string {
  if (bytes.length === 0) return '0';
  if (bytes.length <= 6) return String(bytes.readIntBE(0, bytes.length));
  if (bytes.length > maxBytes) return outOfRange(`${bytes.length} bytes, more than ${maxBytes}`);
  const unsigned = BigInt(`0x${bytes.toString('hex')}`);
  return String(BigInt.asIntN(bytes.length * 8, unsigned));
}

/** Inserts the decimal point: `scale` digits follow it. */
function placePoint(integer: string, scale: number): string {
  if (scale === 0 || integer === '0') return scale > 0 ? `0.${'0'.repeat(scale)}` : integer;
  if (scale < 0) return integer + '0'.repeat(-scale);
  const sign = integer.startsWith('-') ? '-' : '';
  const digits = integer.slice(sign.length).padStart(scale + 1, '0');
  return `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/**
 * Converts a decimal of Avro and Connect: a big-endian two's complement integer and its scale,
 * which may be negative. Trailing zeros are kept. Throws the record error `NUMBER_OUT_OF_RANGE`
 * beyond 400 digits.
 * Source: Avro specification, "Decimal"; `java.math.BigInteger.toByteArray`.
 */
export function decimalOf(bytes: Buffer, scale: number): Decimal {
  if (!(Number.isInteger(scale) && Math.abs(scale) <= maxPlaces)) {
    return outOfRange(`a scale beyond ±${maxPlaces}`);
  }
  return new Decimal(placePoint(unscaledDigits(bytes), scale));
}

/** Decodes base64; null when the text is not base64. */
export function bytesOfBase64(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : null;
}
