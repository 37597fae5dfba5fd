import type { KafkaRecord } from '../kafka/record.ts';
import { RecordError } from '../record-error.ts';
import { isEnvelope } from './connect/envelope.ts';
import { type FieldValue, isFields } from './decoded-record.ts';
import { frameOf } from './frame/frame-of.ts';
import { parseJson } from './json.ts';
import { type FramedContext, readFramed } from './schema/read-framed.ts';

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
 * Decodes a record's key, whose format it detects: a frame that names its schema, Connect's envelope,
 * JSON or plain text. Null when there is none. Throws the record errors of `frameOf` and `readFramed`.
 */
export function keyValue({ key: bytes, headers }: KafkaRecord, context: FramedContext): FieldValue {
  if (bytes === null) return null;
  const frame = frameOf(bytes, headers, 'key');
  if (frame === null) return valueOfText(bytes.toString('utf8'));
  return readFramed(frame, context, (value) => value);
}
