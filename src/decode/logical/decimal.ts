import { RecordError } from '../../errors.ts';
import { Decimal } from '../decoded-record.ts';

/** No Salesforce number, and no double, needs more places on either side of the point. */
const mostPlaces = 400;

/** So many bytes hold any number of `mostPlaces` digits. */
const mostBytes = 168;

const outOfRange = (what: string): never => {
  throw new RecordError('NUMBER_OUT_OF_RANGE', `a decimal has ${what}`);
};

/** Reads a big-endian two's complement number; six bytes fit a double. */
function unscaledDigits(bytes: Buffer): string {
  if (bytes.length === 0) return '0';
  if (bytes.length <= 6) return String(bytes.readIntBE(0, bytes.length));
  if (bytes.length > mostBytes) return outOfRange(`${bytes.length} bytes`);
  const unsigned = BigInt(`0x${bytes.toString('hex')}`);
  return String(BigInt.asIntN(bytes.length * 8, unsigned));
}

/** Puts the point into an integer's digits: `scale` digits stand behind it. */
function placePoint(integer: string, scale: number): string {
  if (scale === 0 || integer === '0') return scale > 0 ? `0.${'0'.repeat(scale)}` : integer;
  if (scale < 0) return integer + '0'.repeat(-scale);
  const sign = integer.startsWith('-') ? '-' : '';
  const digits = integer.slice(sign.length).padStart(scale + 1, '0');
  return `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/**
 * Gives the decimal of Avro and Connect: a big-endian two's complement integer and how many of its
 * digits stand behind the point, fewer than none for added zeros. All digits are kept, zeros at the
 * end among them. Throws the record error `NUMBER_OUT_OF_RANGE` beyond 400 places.
 * Source: Avro specification, "Decimal"; `java.math.BigInteger.toByteArray`.
 */
export function decimalOf(bytes: Buffer, scale: number): Decimal {
  if (!(Number.isInteger(scale) && Math.abs(scale) <= mostPlaces)) {
    return outOfRange(`a scale beyond ±${mostPlaces}`);
  }
  return new Decimal(placePoint(unscaledDigits(bytes), scale));
}

/** Gives the bytes of base64 text, or null where it is none. */
export function bytesOfBase64(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : null;
}
