import { RecordError } from '../record-error.ts';
import { envelopeFields, isEnvelope } from './connect/envelope.ts';
import type { Fields, FieldValue } from './decoded-record.ts';
import { fieldsOrNull } from './fields.ts';
import { parseJson } from './json.ts';
import { frameLength, hasMagicByte } from './registry/frame.ts';
import { readFramed, type SchemaDecoders } from './registry/read-framed.ts';
import { utf8Text } from './text.ts';
import { unsupportedFrame } from './unsupported-frame.ts';

/**
 * Decodes a value's bytes into fields; null when the format encodes no value. Throws a
 * `RecordError`.
 */
export type ValueDecoder = (bytes: Buffer) => Fields | null;

/** Parses a JSON value. Names the frame of a value that is framed by a serializer instead. */
function readJson(bytes: Buffer): FieldValue {
  const frameError = unsupportedFrame(bytes, 'the value');
  if (frameError !== null) throw frameError;
  if (bytes.length >= frameLength && hasMagicByte(bytes)) {
    throw new RecordError(
      'JSON_INVALID',
      'the value looks like the Confluent wire format; to decode it, set SCHEMA_REGISTRY_URL, and VALUE_FORMAT to auto or avro',
    );
  }
  return parseJson(utf8Text(bytes));
}

const toFields = (value: FieldValue): Fields | null => fieldsOrNull(value, 'the value');

/** Decodes plain JSON. */
export const json: ValueDecoder = (bytes) => toFields(readJson(bytes));

/**
 * Decodes Connect's envelope. `JsonConverter` writes some nulls as the text `null`, without an
 * envelope.
 */
export const connectJson: ValueDecoder = (bytes) => {
  const value = readJson(bytes);
  if (value === null) return null;
  if (isEnvelope(value)) return envelopeFields(value);
  throw new RecordError(
    'ENVELOPE_INVALID',
    'the value is not an envelope, an object with exactly the keys schema and payload',
  );
};

/** Decodes Connect's envelope if the value has its two keys, else plain JSON. */
export const anyJson: ValueDecoder = (bytes) => {
  const value = readJson(bytes);
  return isEnvelope(value) ? envelopeFields(value) : toFields(value);
};

/** Decodes Confluent's wire format. */
export const wireFormat =
  (schemas: SchemaDecoders): ValueDecoder =>
  (bytes) =>
    readFramed(bytes, schemas, toFields);

/** Decodes the wire format if the value begins with its magic byte, else JSON. */
export const auto = (schemas: SchemaDecoders): ValueDecoder => {
  const framed = wireFormat(schemas);
  return (bytes) => (hasMagicByte(bytes) ? framed(bytes) : anyJson(bytes));
};
