import { RecordError } from '../record-error.ts';
import { isEnvelope } from './connect/envelope.ts';
import { type FieldValue, isFields } from './decoded-record.ts';
import { parseJson } from './json.ts';
import { schemaIdOf } from './registry/frame.ts';
import { readFramed, type SchemaDecoders } from './registry/read-framed.ts';
import { unsupportedFrame } from './unsupported-frame.ts';

/**
 * Parses a key that is a JSON string or object. Another JSON value is its text; any other text is the
 * key as it is, with its spaces.
 */
function valueOfText(text: string): FieldValue {
  try {
    const value = parseJson(text);
    const key = isEnvelope(value) ? value.payload : value;
    return typeof key === 'string' || isFields(key) ? key : text.trim();
  } catch (error) {
    if (error instanceof RecordError) return text;
    throw error;
  }
}

/**
 * Decodes a record's key, whose format it detects: Confluent's wire format, Connect's envelope,
 * JSON or plain text. Null when there is none. Throws the record errors of `readFramed`, and
 * `FRAME_INVALID` for an unsupported frame.
 */
export function keyValue(bytes: Buffer | null, schemas: SchemaDecoders | null): FieldValue {
  if (bytes === null) return null;
  const frameError = unsupportedFrame(bytes, 'the key');
  if (frameError !== null) throw frameError;
  if (schemaIdOf(bytes) === null) return valueOfText(bytes.toString('utf8'));
  if (schemas !== null) return readFramed(bytes, schemas, (value) => value);
  throw new RecordError(
    'FRAME_INVALID',
    'the key looks like the Confluent wire format; to decode it, set SCHEMA_REGISTRY_URL',
  );
}
