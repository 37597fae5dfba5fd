import { RecordError } from '../../errors.ts';
import type { FieldValue } from '../decoded-record.ts';
import { frameError, frameLength, schemaIdOf } from './frame.ts';
import type { SchemaDecoder } from './schemas.ts';

/** The decoders of a batch's schemas, by their id. */
export type SchemaDecoders = ReadonlyMap<number, SchemaDecoder>;

/**
 * Reads bytes in the wire format, and makes something of the value in them. Throws the record
 * errors of the decoder, of `make` and of `frameError`; a reason about the value names its schema.
 */
export function readFramed<T>(
  bytes: Buffer,
  schemas: SchemaDecoders,
  make: (value: FieldValue) => T,
): T {
  const id = schemaIdOf(bytes);
  const decoder = id === null ? undefined : schemas.get(id);
  if (decoder === undefined) throw frameError(bytes);
  try {
    return make(decoder(bytes, frameLength));
  } catch (error) {
    if (!(error instanceof RecordError)) throw error;
    throw new RecordError(error.code, `schema ${id}: ${error.reason}`);
  }
}
