import { RecordError } from '../../errors.ts';
import { foreignFrame } from '../foreign-frame.ts';

/**
 * The wire format of Confluent's serializers: a zero byte, the schema's id as four bytes, the value.
 * Source: Confluent documentation, "Wire format".
 */
const magicByte = 0;

/** Where the value begins. */
export const frameLength = 5;

/** Says whether bytes begin like the wire format. No JSON text begins with a zero byte. */
export function looksFramed(bytes: Buffer): boolean {
  return bytes[0] === magicByte;
}

/** The id of a framed value's schema; null for other bytes and for an id that no registry gives, as 0. */
export function schemaIdOf(bytes: Buffer): number | null {
  if (!looksFramed(bytes) || bytes.length < frameLength) return null;
  const id = bytes.readInt32BE(1);
  return id > 0 ? id : null;
}

/** Says why bytes have no schema id. Gives the record error `FRAME_INVALID` or `VALUE_EMPTY`. */
export function frameError(bytes: Buffer): RecordError {
  if (bytes.length === 0) return new RecordError('VALUE_EMPTY', 'the value has zero bytes');
  const foreign = foreignFrame(bytes, 'the value');
  if (foreign !== null) return foreign;
  const reason = looksFramed(bytes)
    ? 'the value begins with the zero byte of the Confluent wire format, but no schema id follows'
    : 'the value does not begin with the zero byte of the Confluent wire format';
  return new RecordError('FRAME_INVALID', reason);
}
