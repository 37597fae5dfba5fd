import { RecordError } from '../../record-error.ts';
import type { Clock, Deadline } from '../../runtime/deadline.ts';
import type { SchemaName } from '../frame/schema-names.ts';
import type { Registries } from '../registry/from-config.ts';
import type { Registry } from '../registry/registry.ts';
import { compileSchema } from './compile.ts';
import { type SchemaDecoder, SchemaDecoders, schemaKey } from './decoder.ts';
import { referencesOf, schemaUnknown } from './references.ts';
import { UnknownSchemas } from './unknown-schemas.ts';

/** How many schemas are fetched at a time. */
const concurrency = 4;

/** Creates a decoder that throws for every value. */
const failing =
  (error: RecordError): SchemaDecoder =>
  () => {
    throw error;
  };

/**
 * The decoders of one execution environment, by registry and schema id. A schema is fetched and
 * compiled once, also for concurrent requests. A schema that the registry does not have is requested
 * again after a minute, when it may have been registered. Without that delay, bytes that only look
 * framed would cause requests with every redelivery.
 */
export class SchemaCache {
  readonly #registries: Registries;
  readonly #decoders = new Map<string, Promise<SchemaDecoder>>();
  readonly #unknown: UnknownSchemas;

  constructor(registries: Registries, clock: Pick<Clock, 'now'>) {
    this.#registries = registries;
    this.#unknown = new UnknownSchemas(clock);
  }

  /**
   * Returns the decoders of the schemas whose registry is configured. That of an unknown or unusable
   * schema throws the record error `SCHEMA_UNKNOWN`, `SCHEMA_INVALID` or `SCHEMA_TYPE_UNSUPPORTED`.
   * Throws the registry's errors once all running requests have ended.
   */
  async decoders(names: Iterable<SchemaName>, deadline: Deadline): Promise<SchemaDecoders> {
    this.#unknown.expire();
    const distinct = new Map<string, SchemaName>();
    for (const name of names) distinct.set(schemaKey(name), name);
    const found = new Map<string, SchemaDecoder>();
    const failures: unknown[] = [];
    const waiting = distinct[Symbol.iterator]();
    const worker = async () => {
      for (let next = waiting.next(); !next.done && failures.length === 0; next = waiting.next()) {
        const [key, { registry, schemaId }] = next.value;
        const source = this.#registries[registry];
        if (source === undefined) continue;
        await this.#decoder(key, () => this.#create({ source, schemaId }, deadline)).then(
          (decoder) => found.set(key, decoder),
          (error) => failures.push(error),
        );
      }
    };
    await Promise.all(Array.from({ length: concurrency }, worker));
    if (failures.length > 0) throw failures[0];
    return new SchemaDecoders(found);
  }

  async #decoder(key: string, create: () => Promise<SchemaDecoder>): Promise<SchemaDecoder> {
    const unknown = this.#unknown.errorOf(key);
    if (unknown !== undefined) return failing(unknown);
    const decoder = this.#decoders.get(key) ?? this.#load(key, create);
    return decoder.catch((error: unknown) => {
      if (error instanceof RecordError) return failing(error);
      throw error;
    });
  }

  /** Caches a decoder. Failures are not cached, except unknown schemas for a minute. */
  #load(key: string, create: () => Promise<SchemaDecoder>): Promise<SchemaDecoder> {
    const decoder = create();
    this.#decoders.set(key, decoder);
    decoder.catch((error: unknown) => {
      this.#decoders.delete(key);
      if (error instanceof RecordError) this.#unknown.add(key, error);
    });
    return decoder;
  }

  /** Rejects with a record error only for failures that may pass, such as an unknown schema. */
  async #create(
    { source, schemaId }: { readonly source: Registry; readonly schemaId: string },
    deadline: Deadline,
  ): Promise<SchemaDecoder> {
    const schema = await source.schema(schemaId, deadline);
    if (schema === null) throw schemaUnknown('it');
    const references = await referencesOf(schema, source, deadline);
    try {
      return await compileSchema({ ...schema, references });
    } catch (error) {
      if (error instanceof RecordError) return failing(error);
      throw error;
    }
  }
}
