import { RecordError } from '../errors.ts';

/**
 * AWS Glue's serializers write a version byte, how the value is compressed, and the UUID of the
 * schema's version. Source: awslabs/aws-glue-schema-registry, `AWSSchemaRegistryConstants`.
 */
const glue = { version: 3, compressions: [0, 5], length: 18 };

const glueReason =
  'is in the frame of AWS Glue Schema Registry, which is not read; let the event source mapping decode it (SchemaRegistryConfig)';

/**
 * Apicurio 2 writes an id of eight bytes after the zero byte, and so does version 3 with
 * `Legacy8ByteIdHandler`. The upper four are zero for every id there is, and no registry gives the
 * id 0. Source: Apicurio Registry, `IdHandler` of its serdes.
 */
const apicurio = { magicByte: 0, length: 9 };

const apicurioReason =
  'has an id of 8 bytes, as Apicurio Registry 2 writes it by default; write 4 bytes: apicurio.registry.id-handler=io.apicurio.registry.serde.Legacy4ByteIdHandler, in Apicurio 3 Default4ByteIdHandler';

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
 * Gives the record error `FRAME_INVALID` for bytes in a frame that is known and not read; null for
 * all others. No text of JSON begins like one.
 */
export function foreignFrame(bytes: Buffer, what: string): RecordError | null {
  const reason = isGlue(bytes) ? glueReason : isApicurio(bytes) ? apicurioReason : null;
  return reason === null ? null : new RecordError('FRAME_INVALID', `${what} ${reason}`);
}
