import { RecordError } from '../../record-error.ts';
import type { FieldValue } from '../decoded-record.ts';
import { frameError, frameLength, schemaIdOf } from './frame.ts';
import type { SchemaDecoder } from './schema-cache.ts';

/** The decoders of a batch's schemas, by schema id. */
export type SchemaDecoders = ReadonlyMap<number, SchemaDecoder>;

/**
 * Decodes bytes in the wire format and converts the value. Throws the record errors of the decoder
 * and of `convert`, with the schema id in the reason, and those of `frameError`.
 */
export function readFramed<T>(
  bytes: Buffer,
  schemas: SchemaDecoders,
  convert: (value: FieldValue) => T,
): T {
  const id = schemaIdOf(bytes);
  const decoder = id === null ? undefined : schemas.get(id);
  if (decoder === undefined) throw frameError(bytes);
  try {
    return convert(decoder(bytes, frameLength));
  } catch (error) {
    if (!(error instanceof RecordError)) throw error;
    throw new RecordError(error.code, `schema ${id}: ${error.reason}`);
  }
}
