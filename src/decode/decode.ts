import type { Deadline } from '../deadline.ts';
import { RecordError } from '../errors.ts';
import { type Errant, errantOf } from '../kafka/errant.ts';
import type { KafkaRecord } from '../kafka/record.ts';
import type { ValueFormat } from '../settings.ts';
import { frameError, frameLength, looksFramed, schemaIdOf } from './confluent/frame.ts';
import type { SchemaDecoder, Schemas } from './confluent/schemas.ts';
import { envelopeFields, isEnvelope } from './connect/envelope.ts';
import { fieldsOf } from './fields.ts';
import { parseJson } from './json.ts';
import type { Fields, FieldValue, Row } from './row.ts';
import { textOf } from './text.ts';

/** What the records became: every record is in exactly one of the two lists. */
export interface DecodedBatch {
  readonly rows: readonly Row[];
  readonly errants: readonly Errant[];
}

/** Turns a record's bytes into fields, or throws a `RecordError`. */
type ValueDecoder = (bytes: Buffer) => Fields;

/** The decoders of a batch's schemas, by their id. */
type SchemaDecoders = ReadonlyMap<number, SchemaDecoder>;

/** Parses JSON text. A zero byte at its beginning says what it is instead. */
function jsonOf(bytes: Buffer): FieldValue {
  if (bytes.length >= frameLength && looksFramed(bytes)) {
    throw new RecordError(
      'JSON_INVALID',
      'the value looks like the Confluent wire format; to read it, set SCHEMA_REGISTRY_URL, and VALUE_FORMAT to auto or avro',
    );
  }
  return parseJson(textOf(bytes));
}

const json: ValueDecoder = (bytes) => fieldsOf(jsonOf(bytes), 'the value');

const connectJson: ValueDecoder = (bytes) => {
  const value = jsonOf(bytes);
  if (isEnvelope(value)) return envelopeFields(value);
  throw new RecordError('ENVELOPE_INVALID', 'the value is not an object of schema and payload');
};

/** Chooses for each record: Connect's envelope where its two keys are there, else plain JSON. */
const anyJson: ValueDecoder = (bytes) => {
  const value = jsonOf(bytes);
  return isEnvelope(value) ? envelopeFields(value) : fieldsOf(value, 'the value');
};

/** Reads the wire format; a reason about a value names its schema. */
const framed =
  (schemas: SchemaDecoders): ValueDecoder =>
  (bytes) => {
    const id = schemaIdOf(bytes);
    const decoder = id === null ? undefined : schemas.get(id);
    if (decoder === undefined) throw frameError(bytes);
    try {
      return fieldsOf(decoder(bytes, frameLength), 'the value');
    } catch (error) {
      if (!(error instanceof RecordError)) throw error;
      throw new RecordError(error.code, `schema ${id}: ${error.reason}`);
    }
  };

/** Chooses for each record: the wire format where it begins with its zero byte, else JSON. */
const auto = (schemas: SchemaDecoders): ValueDecoder => {
  const ofFrame = framed(schemas);
  return (bytes) => (looksFramed(bytes) ? ofFrame(bytes) : anyJson(bytes));
};

function decoderOf(format: ValueFormat, schemas: SchemaDecoders | null): ValueDecoder {
  if (format === 'json') return json;
  if (format === 'connect-json') return connectJson;
  if (format === 'avro') return framed(schemas ?? new Map());
  return schemas === null ? anyJson : auto(schemas);
}

function decodeRecord(record: KafkaRecord, decoder: ValueDecoder): Row {
  if (record.value === null) {
    throw new RecordError('TOMBSTONE', 'the record has no value, and insert needs one');
  }
  return { record, fields: decoder(record.value) };
}

function decodeAll(records: readonly KafkaRecord[], decoder: ValueDecoder): DecodedBatch {
  const rows: Row[] = [];
  const errants: Errant[] = [];
  for (const record of records) {
    try {
      rows.push(decodeRecord(record, decoder));
    } catch (error) {
      errants.push(errantOf(record, 'decode', error));
    }
  }
  return { rows, errants };
}

/** The ids of the schemas that a batch's values were written with, each once. */
function schemaIds(records: readonly KafkaRecord[]): ReadonlySet<number> {
  const ids = new Set<number>();
  for (const { value } of records) {
    const id = value === null ? null : schemaIdOf(value);
    if (id !== null) ids.add(id);
  }
  return ids;
}

/** Decodes a batch; the deadline is that of its calls to the registry. */
export type Decode = (records: readonly KafkaRecord[], deadline: Deadline) => Promise<DecodedBatch>;

/**
 * Makes the decoder of a container. The schemas of a batch are fetched before its first record is
 * decoded; without `schemas` there is no registry. Each record is decoded by itself: bytes end
 * here, and no value, however odd, makes it throw. It throws only what the registry throws.
 */
export function createDecode(format: ValueFormat, schemas: Schemas | null): Decode {
  const usesSchemas = format === 'auto' || format === 'avro';
  return async (records, deadline) => {
    const decoders =
      schemas !== null && usesSchemas ? await schemas.decoders(schemaIds(records), deadline) : null;
    return decodeAll(records, decoderOf(format, decoders));
  };
}
