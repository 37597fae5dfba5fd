import { RecordError, shown } from '../../errors.ts';
import type { Clock, Deadline } from '../../runtime/deadline.ts';
import { compileAvro } from '../avro/compile.ts';
import type { FieldValue } from '../decoded-record.ts';
import { parseJson } from '../json.ts';
import { textOf } from '../text.ts';
import type { RegisteredSchema, SchemaReference, SchemaRegistry } from './confluent-registry.ts';
import { UnknownIds } from './unknown-ids.ts';

/** Decodes what stands in `bytes` from `start` on. Throws a `RecordError`. */
export type SchemaDecoder = (bytes: Buffer, start: number) => FieldValue;

/** How many schemas are asked for at a time. */
const atATime = 4;

/** What a registry must be able to do. */
export type SchemaSource = Pick<SchemaRegistry, 'byId' | 'byVersion'>;

const unknown = (what: string): RecordError =>
  new RecordError('SCHEMA_UNKNOWN', `the registry does not have ${what}`);

/** The value is JSON whatever its schema; checking it against the schema was the producer's part. */
const jsonDecoder: SchemaDecoder = (bytes, start) => parseJson(textOf(bytes.subarray(start)));

const unsupported = (type: string): RecordError =>
  new RecordError(
    'SCHEMA_TYPE_UNSUPPORTED',
    `it is of the type ${shown(type)}; let the event source mapping decode it (SchemaRegistryConfig)`,
  );

/** Makes a decoder that refuses every value. */
const refusing =
  (error: RecordError): SchemaDecoder =>
  () => {
    throw error;
  };

/**
 * The decoders of one container, by the id of their schema. A schema is fetched once and compiled
 * once, also when two ask for it at the same time. One that the registry does not have is asked for
 * again after a minute, since it may have been registered meanwhile: not before, since bytes that
 * only look framed may have any number of ids, and come again with every redelivery.
 */
export class Schemas {
  readonly #source: SchemaSource;
  readonly #decoders = new Map<number, Promise<SchemaDecoder>>();
  readonly #unknown: UnknownIds;

  constructor(source: SchemaSource, clock: Pick<Clock, 'now'>) {
    this.#source = source;
    this.#unknown = new UnknownIds(clock);
  }

  /**
   * Gives the decoder of each id; for an unknown or unusable schema one that throws the record
   * errors `SCHEMA_UNKNOWN`, `SCHEMA_INVALID` or `SCHEMA_TYPE_UNSUPPORTED`. Throws what the registry
   * throws, once nothing is under way any more.
   */
  async decoders(
    ids: Iterable<number>,
    deadline: Deadline,
  ): Promise<ReadonlyMap<number, SchemaDecoder>> {
    this.#unknown.forget();
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
    await Promise.all(Array.from({ length: atATime }, worker));
    if (failures.length > 0) throw failures[0];
    return found;
  }

  async #decoder(id: number, deadline: Deadline): Promise<SchemaDecoder> {
    const unknown = this.#unknown.errorOf(id);
    if (unknown !== undefined) return refusing(unknown);
    const made = this.#decoders.get(id) ?? this.#begin(id, deadline);
    return made.catch((error: unknown) => {
      if (error instanceof RecordError) return refusing(error);
      throw error;
    });
  }

  /** What fails is not kept, but for a while that there is no such schema. */
  #begin(id: number, deadline: Deadline): Promise<SchemaDecoder> {
    const made = this.#make(id, deadline);
    this.#decoders.set(id, made);
    made.catch((error: unknown) => {
      this.#decoders.delete(id);
      if (error instanceof RecordError) this.#unknown.add(id, error);
    });
    return made;
  }

  /** Rejects with a record error only for what may be otherwise the next time. */
  async #make(id: number, deadline: Deadline): Promise<SchemaDecoder> {
    const schema = await this.#source.byId(id, deadline);
    if (schema === null) throw unknown('it');
    if (schema.type === 'JSON') return jsonDecoder;
    if (schema.type !== 'AVRO') return refusing(unsupported(schema.type));
    const texts = await this.#texts(schema, { deadline, seen: new Set() });
    try {
      return compileAvro(texts);
    } catch (error) {
      if (error instanceof RecordError) return refusing(error);
      throw error;
    }
  }

  /**
   * The texts of a schema and of all that it builds on, which come first. Of a name that is referred
   * to more than once, through other subjects or versions, the first is taken, as Confluent's own
   * deserializer does.
   */
  async #texts(
    { text, references }: RegisteredSchema,
    way: { readonly deadline: Deadline; readonly seen: Set<string> },
  ): Promise<string[]> {
    const texts: string[] = [];
    for (const reference of references) {
      if (way.seen.has(reference.name)) continue;
      way.seen.add(reference.name);
      texts.push(...(await this.#texts(await this.#referred(reference, way.deadline), way)));
    }
    return [...texts, text];
  }

  async #referred(reference: SchemaReference, deadline: Deadline): Promise<RegisteredSchema> {
    const schema = await this.#source.byVersion(reference, deadline);
    const { subject, version } = reference;
    if (schema === null)
      throw unknown(`version ${version} of ${shown(subject)}, a reference of it`);
    return schema;
  }
}
