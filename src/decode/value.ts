import { RecordError } from '../errors.ts';
import { envelopeFields, isEnvelope } from './connect/envelope.ts';
import type { Fields, FieldValue } from './decoded-record.ts';
import { fieldsOrNone } from './fields.ts';
import { foreignFrame } from './foreign-frame.ts';
import { parseJson } from './json.ts';
import { frameLength, looksFramed } from './registry/frame.ts';
import { readFramed, type SchemaDecoders } from './registry/framed.ts';
import { textOf } from './text.ts';

/**
 * Turns a value's bytes into fields, or throws a `RecordError`. Null: it says that there is no
 * value, in whichever way its format does.
 */
export type ValueDecoder = (bytes: Buffer) => Fields | null;

/** Parses JSON text. The frame of a serializer at its beginning says what it is instead. */
function jsonOf(bytes: Buffer): FieldValue {
  const foreign = foreignFrame(bytes, 'the value');
  if (foreign !== null) throw foreign;
  if (bytes.length >= frameLength && looksFramed(bytes)) {
    throw new RecordError(
      'JSON_INVALID',
      'the value looks like the Confluent wire format; to read it, set SCHEMA_REGISTRY_URL, and VALUE_FORMAT to auto or avro',
    );
  }
  return parseJson(textOf(bytes));
}

const fieldsOfValue = (value: FieldValue): Fields | null => fieldsOrNone(value, 'the value');

/** Reads plain JSON. */
export const json: ValueDecoder = (bytes) => fieldsOfValue(jsonOf(bytes));

/** Reads Connect's envelope. Its converter writes some nulls as the text `null`, without an envelope. */
export const connectJson: ValueDecoder = (bytes) => {
  const value = jsonOf(bytes);
  if (value === null) return null;
  if (isEnvelope(value)) return envelopeFields(value);
  throw new RecordError('ENVELOPE_INVALID', 'the value is not an object of schema and payload');
};

/** Chooses for each record: Connect's envelope where its two keys are there, else plain JSON. */
export const anyJson: ValueDecoder = (bytes) => {
  const value = jsonOf(bytes);
  return isEnvelope(value) ? envelopeFields(value) : fieldsOfValue(value);
};

/** Reads the wire format. */
export const framed =
  (schemas: SchemaDecoders): ValueDecoder =>
  (bytes) =>
    readFramed(bytes, schemas, fieldsOfValue);

/** Chooses for each record: the wire format where it begins with its zero byte, else JSON. */
export const auto = (schemas: SchemaDecoders): ValueDecoder => {
  const ofFrame = framed(schemas);
  return (bytes) => (looksFramed(bytes) ? ofFrame(bytes) : anyJson(bytes));
};
