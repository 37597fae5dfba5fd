import { uuidText } from '../uuid.ts';
import type { Frame, ReadFrame } from './frame.ts';

/**
 * The frame of AWS Glue's serializers: a version byte, a compression byte, the UUID of the schema
 * version. Source: awslabs/aws-glue-schema-registry, `AWSSchemaRegistryConstants`.
 */
const glue = { version: 3, uncompressed: 0, zlib: 5, length: 18 };

/** Reads the frame of AWS Glue's serializers. JSON never begins like one. */
export const glueFrame: ReadFrame = (bytes): Frame | null => {
  const [version, compression] = bytes;
  const isKnown = compression === glue.uncompressed || compression === glue.zlib;
  if (version !== glue.version || !isKnown || bytes.length < glue.length) return null;
  return {
    registry: 'glue',
    schemaId: uuidText(bytes, 2),
    payload: bytes.subarray(glue.length),
    isCompressed: compression === glue.zlib,
    hints: {},
  };
};
