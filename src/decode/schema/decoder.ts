import type { FieldValue } from '../decoded-record.ts';
import type { OpenFrame } from '../frame/frame.ts';
import type { SchemaName } from '../frame/schema-names.ts';

/** Decodes the payload of a frame by its schema. Throws a `RecordError`. */
export type SchemaDecoder = (frame: OpenFrame) => FieldValue;

/** The key of a schema among others. */
export const schemaKey = ({ registry, schemaId }: SchemaName): string => `${registry} ${schemaId}`;

/** The decoders of a batch's schemas. */
export class SchemaDecoders {
  readonly #byKey: ReadonlyMap<string, SchemaDecoder>;
  #last: (SchemaName & { readonly decoder: SchemaDecoder | null }) | null = null;

  /** `byKey`: by `schemaKey`. */
  constructor(byKey: ReadonlyMap<string, SchemaDecoder>) {
    this.#byKey = byKey;
  }

  /**
   * The decoder of a frame's schema; null: its registry is not configured. The last one is kept: most
   * records have the schema of the one before.
   */
  of({ registry, schemaId }: SchemaName): SchemaDecoder | null {
    const last = this.#last;
    if (last?.schemaId === schemaId && last.registry === registry) return last.decoder;
    const decoder = this.#byKey.get(schemaKey({ registry, schemaId })) ?? null;
    this.#last = { registry, schemaId, decoder };
    return decoder;
  }
}
