import type { FieldValue } from '../decoded-record.ts';
import type { Frame } from '../frame/frame.ts';

/** A frame whose payload is inflated. */
export type OpenFrame = Omit<Frame, 'isCompressed'>;

/** Decodes the payload of a frame by its schema. Throws a `RecordError`. */
export type SchemaDecoder = (frame: OpenFrame) => FieldValue;

/** The key of a schema among the decoders of a batch. */
export const schemaKey = ({ registry, schemaId }: Pick<Frame, 'registry' | 'schemaId'>): string =>
  `${registry} ${schemaId}`;

/** The decoders of a batch's schemas, by `schemaKey`. */
export type SchemaDecoders = ReadonlyMap<string, SchemaDecoder>;
