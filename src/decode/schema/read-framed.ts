import { RecordError } from '../../record-error.ts';
import type { FieldValue } from '../decoded-record.ts';
import type { Frame, RecordPart } from '../frame/frame.ts';
import type { Inflation } from '../frame/inflate.ts';
import type { RegistryName } from '../registry/registry.ts';
import type { SchemaDecoders } from './decoder.ts';

/** How each registry is configured, by the software whose frame names its schemas. */
const missing: Readonly<Record<RegistryName, string>> = {
  confluent: "Confluent's serializers; to decode it, set SCHEMA_REGISTRY_URL",
  apicurio: "Apicurio's serializers; to decode it, set SCHEMA_REGISTRY_URL",
  glue: "AWS Glue's serializers; to decode it, set GLUE_SCHEMA_REGISTRY=true",
};

/** The record error of a frame whose registry is not configured. */
export const registryMissing = ({ registry }: Frame, part: RecordPart): RecordError =>
  new RecordError('FRAME_INVALID', `the ${part} is in the frame of ${missing[registry]}`);

/** What framed bytes of a batch are decoded with. */
export interface FramedContext {
  readonly schemas: SchemaDecoders;
  readonly inflation: Inflation;
  readonly part: RecordPart;
}

/**
 * Decodes the payload of a frame and converts the value. Throws `FRAME_INVALID` if the registry is not
 * configured, and the record errors of the decoder and of `convert`, with the schema id in the reason.
 */
export function readFramed<T>(
  frame: Frame,
  { schemas, inflation, part }: FramedContext,
  convert: (value: FieldValue) => T,
): T {
  const decoder = schemas.of(frame);
  if (decoder === null) throw registryMissing(frame, part);
  try {
    return convert(decoder(inflation.opened(frame)));
  } catch (error) {
    if (!(error instanceof RecordError)) throw error;
    throw new RecordError(error.code, `schema ${frame.schemaId}: ${error.reason}`);
  }
}
