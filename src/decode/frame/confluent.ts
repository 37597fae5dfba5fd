import { RecordError } from '../../record-error.ts';
import { uuidText } from '../uuid.ts';
import { type Frame, headerOf, type ReadFrame } from './frame.ts';

/**
 * The versions of Confluent's schema identity: an id of four bytes, or a GUID of sixteen.
 * Source: Confluent documentation, "Wire format"; `SchemaId` of its serializers.
 */
const withId = { magicByte: 0, length: 5 };
const withGuid = { magicByte: 1, length: 17 };

/** The headers in which newer serializers write the identity, by the part of the record. */
const headerNames = { value: '__value_schema_id', key: '__key_schema_id' } as const;

/** Tells whether bytes begin like Confluent's frame. JSON never does. */
export function hasMagicByte(bytes: Buffer): boolean {
  return bytes[0] === withId.magicByte;
}

/** The schema id after the magic byte; null for ids below 1, which are not valid. */
function idOf(bytes: Buffer): string | null {
  if (bytes.length < withId.length) return null;
  const id = bytes.readInt32BE(1);
  return id > 0 ? String(id) : null;
}

/** Reads the identity in a header: a GUID, or an id. Message indexes follow it. */
export const confluentHeader: ReadFrame = (bytes, headers, part): Frame | null => {
  const header = headerOf(headers, headerNames[part]);
  if (header === null) return null;
  const [version] = header;
  const isGuid = version === withGuid.magicByte && header.length >= withGuid.length;
  const schemaId = isGuid
    ? uuidText(header, 1)
    : version === withId.magicByte
      ? idOf(header)
      : null;
  if (schemaId === null) {
    const reason = `the header ${headerNames[part]} holds neither the GUID nor the id of a schema`;
    throw new RecordError('FRAME_INVALID', reason);
  }
  const messageIndexes = header.subarray(isGuid ? withGuid.length : withId.length);
  const frame = { registry: 'confluent', schemaId, payload: bytes, isCompressed: false } as const;
  return { ...frame, hints: { messageIndexes } };
};

/** Reads the wire format: a zero byte, the schema id in four bytes, the payload. */
export const confluentPrefix: ReadFrame = (bytes, _headers, part): Frame | null => {
  if (!hasMagicByte(bytes)) return null;
  const schemaId = idOf(bytes);
  if (schemaId === null) {
    const reason = `the ${part} begins with the zero byte of the Confluent wire format, but no schema id follows`;
    throw new RecordError('FRAME_INVALID', reason);
  }
  const payload = bytes.subarray(withId.length);
  return { registry: 'confluent', schemaId, payload, isCompressed: false, hints: {} };
};
