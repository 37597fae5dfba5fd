import { RecordError } from '../../record-error.ts';
import { unsupportedFrame } from '../unsupported-frame.ts';

/**
 * The wire format of Confluent's serializers: a zero byte, the schema id in four bytes, the value.
 * Source: Confluent documentation, "Wire format".
 */
const magicByte = 0;

/** The offset of the value. */
export const frameLength = 5;

/** Tells whether bytes begin with the wire format's magic byte. JSON never does. */
export function hasMagicByte(bytes: Buffer): boolean {
  return bytes[0] === magicByte;
}

/** The schema id of framed bytes; null for other bytes and for ids below 1, which are not valid. */
export function schemaIdOf(bytes: Buffer): number | null {
  if (!hasMagicByte(bytes) || bytes.length < frameLength) return null;
  const id = bytes.readInt32BE(1);
  return id > 0 ? id : null;
}

/** Returns why bytes have no schema id: the record error `FRAME_INVALID` or `VALUE_EMPTY`. */
export function frameError(bytes: Buffer): RecordError {
  if (bytes.length === 0) return new RecordError('VALUE_EMPTY', 'the value has zero bytes');
  const unsupported = unsupportedFrame(bytes, 'the value');
  if (unsupported !== null) return unsupported;
  const reason = hasMagicByte(bytes)
    ? 'the value begins with the zero byte of the Confluent wire format, but no schema id follows'
    : 'the value does not begin with the zero byte of the Confluent wire format';
  return new RecordError('FRAME_INVALID', reason);
}
