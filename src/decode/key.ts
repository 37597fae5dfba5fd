import type { KafkaRecord } from '../kafka/record.ts';
import { RecordError } from '../record-error.ts';
import { envelopeValue, isEnvelope } from './connect/envelope.ts';
import { type FieldValue, isFields } from './decoded-record.ts';
import { frameOf } from './frame/frame-of.ts';
import { parseJson } from './json.ts';
import { type FramedContext, readFramed } from './schema/read-framed.ts';
import { textOf } from './text.ts';

/**
 * Parses a key that is a JSON string or object, or null, which Connect's `JsonConverter` writes without
 * schemas. Another JSON value is its text; any other text is the key as it is, with its spaces.
 */
function valueOfText(text: string): FieldValue {
  let value: FieldValue;
  try {
    value = parseJson(text);
  } catch (error) {
    if (error instanceof RecordError) return text;
    throw error;
  }
  if (isEnvelope(value)) return envelopeValue(value);
  return value === null || typeof value === 'string' || isFields(value) ? value : text.trim();
}

/**
 * Decodes a record's key, whose format it detects: a frame that names its schema, Connect's envelope,
 * JSON or plain text. Null when there is none, or a null. Throws the record errors of `frameOf`,
 * `readFramed` and `envelopeValue`, and `TEXT_NOT_UTF8`.
 */
export function keyValue({ key: bytes, headers }: KafkaRecord, context: FramedContext): FieldValue {
  if (bytes === null) return null;
  const frame = frameOf(bytes, headers, 'key');
  if (frame === null) return valueOfText(textOf(bytes, 'the key'));
  return readFramed(frame, context, (value) => value);
}
