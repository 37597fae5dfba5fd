import { RecordError } from '../../record-error.ts';
import { type Frame, type Headers, headerOf, type ReadFrame, type RecordPart } from './frame.ts';

/**
 * Apicurio 2 writes an id of eight bytes after the zero byte, as version 3 does with
 * `Legacy8ByteIdHandler`. The upper four bytes are zero in practice, and ids start at 1.
 * Source: Apicurio Registry, `IdHandler` of its serdes.
 */
const legacy = { magicByte: 0, length: 9 };

const isLegacy = (bytes: Buffer): boolean =>
  bytes[0] === legacy.magicByte &&
  bytes.length >= legacy.length &&
  bytes.readUInt32BE(1) === 0 &&
  bytes.readUInt32BE(5) > 0;

/** Throws the record error `FRAME_INVALID` for ids of eight bytes, which look like Confluent's frame. */
export const apicurioLegacy: ReadFrame = (bytes, _headers, part): null => {
  if (!isLegacy(bytes)) return null;
  const reason = `the ${part} has a schema id of 8 bytes, the default of Apicurio Registry 2; write ids of 4 bytes: apicurio.registry.id-handler=io.apicurio.registry.serde.Legacy4ByteIdHandler, in Apicurio 3 Default4ByteIdHandler`;
  throw new RecordError('FRAME_INVALID', reason);
};

/** The header with the name of a Protobuf message. Source: Apicurio Registry, `ProtobufSerdeHeaders`. */
export const messageNameHeaders = {
  value: 'apicurio.protobuf.type',
  key: 'apicurio.protobuf.type.key',
} as const;

/** The kinds of id in headers, in the order in which Apicurio's deserializer looks for them. */
const kinds = ['contentId', 'globalId'] as const;

/** The id in a header of eight bytes, as `contentIds/7`; null when there is none. */
function idOf(headers: Headers, part: RecordPart): string | null {
  for (const kind of kinds) {
    const header = headerOf(headers, `apicurio.${part}.${kind}`);
    if (header?.length === 8) return `${kind}s/${header.readBigUInt64BE(0)}`;
  }
  return null;
}

/** Reads the identity that Apicurio's serializers write into headers. */
export const apicurioHeaders: ReadFrame = (bytes, headers, part): Frame | null => {
  const schemaId = idOf(headers, part);
  if (schemaId === null) return null;
  const encoding = headerOf(headers, `apicurio.${part}.encoding`)?.toString();
  const messageName = headerOf(headers, messageNameHeaders[part]);
  const hints = { ...(encoding && { encoding }), ...(messageName && { messageName }) };
  return { registry: 'apicurio', schemaId, payload: bytes, isCompressed: false, hints };
};
