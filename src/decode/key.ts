import { RecordError } from '../errors.ts';
import { isEnvelope } from './connect/envelope.ts';
import { type FieldValue, isFields } from './decoded-record.ts';
import { foreignFrame } from './foreign-frame.ts';
import { parseJson } from './json.ts';
import { schemaIdOf } from './registry/frame.ts';
import { readFramed, type SchemaDecoders } from './registry/framed.ts';

/** Text is a key as it stands, unless it is JSON of a text or of an object. */
function valueOfText(text: string): FieldValue {
  try {
    const value = parseJson(text);
    const key = isEnvelope(value) ? value.payload : value;
    return typeof key === 'string' || isFields(key) ? key : text;
  } catch (error) {
    if (error instanceof RecordError) return text;
    throw error;
  }
}

/**
 * Reads a record's key, which tells its format by itself: Confluent's wire format, Connect's
 * envelope, JSON, or plain text. Null when there is none. Throws the record errors of `readFramed`,
 * and `FRAME_INVALID` for a frame that is not read.
 */
export function keyValue(bytes: Buffer | null, schemas: SchemaDecoders | null): FieldValue {
  if (bytes === null) return null;
  const foreign = foreignFrame(bytes, 'the key');
  if (foreign !== null) throw foreign;
  if (schemaIdOf(bytes) === null) return valueOfText(bytes.toString('utf8').trim());
  if (schemas !== null) return readFramed(bytes, schemas, (value) => value);
  throw new RecordError(
    'FRAME_INVALID',
    'the key looks like the Confluent wire format; to read it, set SCHEMA_REGISTRY_URL',
  );
}
