import { quotedName, RecordError } from '../../record-error.ts';
import type { Clock, Deadline } from '../../runtime/deadline.ts';
import { compileAvro } from '../avro/compile.ts';
import type { FieldValue } from '../decoded-record.ts';
import { parseJson } from '../json.ts';
import { utf8Text } from '../text.ts';
import type { RegisteredSchema, SchemaReference, SchemaRegistry } from './confluent-registry.ts';
import { UnknownIds } from './unknown-ids.ts';

/** Decodes the value in `bytes` from `start` to the end. Throws a `RecordError`. */
export type SchemaDecoder = (bytes: Buffer, start: number) => FieldValue;

/** How many schemas are fetched at a time. */
const concurrency = 4;

/** The methods of a registry that the cache uses. */
export type SchemaSource = Pick<SchemaRegistry, 'byId' | 'byVersion'>;

const unknown = (what: string): RecordError =>
  new RecordError('SCHEMA_UNKNOWN', `the registry does not have ${what}`);

/** Values are plain JSON. They are not validated again; the producer's serializer did that. */
const jsonDecoder: SchemaDecoder = (bytes, start) => parseJson(utf8Text(bytes.subarray(start)));

const unsupported = (type: string): RecordError =>
  new RecordError(
    'SCHEMA_TYPE_UNSUPPORTED',
    `its type is ${quotedName(type)}, which the function does not decode; let the event source mapping decode it (SchemaRegistryConfig)`,
  );

/** Creates a decoder that throws for every value. */
const failing =
  (error: RecordError): SchemaDecoder =>
  () => {
    throw error;
  };

/**
 * The decoders of one execution environment, by schema id. A schema is fetched and compiled once,
 * also for concurrent requests. An id that the registry does not have is requested again after a
 * minute, when the schema may have been registered. Without that delay, bytes that only look framed
 * would cause requests with every redelivery.
 */
export class SchemaCache {
  readonly #source: SchemaSource;
  readonly #decoders = new Map<number, Promise<SchemaDecoder>>();
  readonly #unknown: UnknownIds;

  constructor(source: SchemaSource, clock: Pick<Clock, 'now'>) {
    this.#source = source;
    this.#unknown = new UnknownIds(clock);
  }

  /**
   * Returns the decoder of each id. That of an unknown or unusable schema throws the record error
   * `SCHEMA_UNKNOWN`, `SCHEMA_INVALID` or `SCHEMA_TYPE_UNSUPPORTED`. Throws the registry's errors
   * once all running requests have ended.
   */
  async decoders(
    ids: Iterable<number>,
    deadline: Deadline,
  ): Promise<ReadonlyMap<number, SchemaDecoder>> {
    this.#unknown.expire();
    const found = new Map<number, SchemaDecoder>();
    const failures: unknown[] = [];
    const waiting = ids[Symbol.iterator]();
    const worker = async () => {
      for (let next = waiting.next(); !next.done && failures.length === 0; next = waiting.next()) {
        const id = next.value;
        await this.#decoder(id, deadline).then(
          (decoder) => found.set(id, decoder),
          (error) => failures.push(error),
        );
      }
    };
    await Promise.all(Array.from({ length: concurrency }, worker));
    if (failures.length > 0) throw failures[0];
    return found;
  }

  async #decoder(id: number, deadline: Deadline): Promise<SchemaDecoder> {
    const unknown = this.#unknown.errorOf(id);
    if (unknown !== undefined) return failing(unknown);
    const decoder = this.#decoders.get(id) ?? this.#load(id, deadline);
    return decoder.catch((error: unknown) => {
      if (error instanceof RecordError) return failing(error);
      throw error;
    });
  }

  /** Caches a decoder. Failures are not cached, except unknown ids for a minute. */
  #load(id: number, deadline: Deadline): Promise<SchemaDecoder> {
    const decoder = this.#create(id, deadline);
    this.#decoders.set(id, decoder);
    decoder.catch((error: unknown) => {
      this.#decoders.delete(id);
      if (error instanceof RecordError) this.#unknown.add(id, error);
    });
    return decoder;
  }

  /** Rejects with a record error only for failures that may pass, such as an unknown schema. */
  async #create(id: number, deadline: Deadline): Promise<SchemaDecoder> {
    const schema = await this.#source.byId(id, deadline);
    if (schema === null) throw unknown('it');
    if (schema.type === 'JSON') return jsonDecoder;
    if (schema.type !== 'AVRO') return failing(unsupported(schema.type));
    const texts = await this.#texts(schema, { deadline, seen: new Set() });
    try {
      return compileAvro(texts);
    } catch (error) {
      if (error instanceof RecordError) return failing(error);
      throw error;
    }
  }

  /**
   * The texts of a schema's references, then its own. A name that is referenced more than once,
   * through other subjects or versions, is read once, as Confluent's deserializer does.
   */
  async #texts(
    { text, references }: RegisteredSchema,
    context: { readonly deadline: Deadline; readonly seen: Set<string> },
  ): Promise<string[]> {
    const texts: string[] = [];
    for (const reference of references) {
      if (context.seen.has(reference.name)) continue;
      context.seen.add(reference.name);
      texts.push(
        ...(await this.#texts(await this.#fetchReference(reference, context.deadline), context)),
      );
    }
    return [...texts, text];
  }

  async #fetchReference(reference: SchemaReference, deadline: Deadline): Promise<RegisteredSchema> {
    const schema = await this.#source.byVersion(reference, deadline);
    const { subject, version } = reference;
    if (schema === null)
      throw unknown(`version ${version} of ${quotedName(subject)}, which it references`);
    return schema;
  }
}
