import { RecordError } from '../record-error.ts';

/**
 * AWS Glue's serializers write a version byte, a compression byte and the UUID of the schema
 * version.
 * Source: awslabs/aws-glue-schema-registry, `AWSSchemaRegistryConstants`.
 */
const glue = { version: 3, compressions: [0, 5], length: 18 };

const glueReason =
  'is framed by AWS Glue Schema Registry, which the function does not decode; let the event source mapping decode it (SchemaRegistryConfig)';

/**
 * Apicurio 2 writes an id of eight bytes after the zero byte, as version 3 does with
 * `Legacy8ByteIdHandler`. The upper four bytes are zero in practice, and ids start at 1.
 * Source: Apicurio Registry, `IdHandler` of its serdes.
 */
const apicurio = { magicByte: 0, length: 9 };

const apicurioReason =
  'has a schema id of 8 bytes, the default of Apicurio Registry 2; write ids of 4 bytes: apicurio.registry.id-handler=io.apicurio.registry.serde.Legacy4ByteIdHandler, in Apicurio 3 Default4ByteIdHandler';

function isGlue(bytes: Buffer): boolean {
  const [version, compression] = bytes;
  return (
    version === glue.version &&
    glue.compressions.includes(compression ?? -1) &&
    bytes.length >= glue.length
  );
}

const isApicurio = (bytes: Buffer): boolean =>
  bytes[0] === apicurio.magicByte &&
  bytes.length >= apicurio.length &&
  bytes.readUInt32BE(1) === 0 &&
  bytes.readUInt32BE(5) > 0;

/**
 * Returns the record error `FRAME_INVALID` for bytes in a known but unsupported frame; null for all
 * others. JSON never begins like one.
 */
export function unsupportedFrame(bytes: Buffer, what: string): RecordError | null {
  const reason = isGlue(bytes) ? glueReason : isApicurio(bytes) ? apicurioReason : null;
  return reason === null ? null : new RecordError('FRAME_INVALID', `${what} ${reason}`);
}
