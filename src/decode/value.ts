import type { ValueFormat } from '../config/settings.ts';
import { type ErrantCode, RecordError } from '../record-error.ts';
import { envelopeFields, isEnvelope } from './connect/envelope.ts';
import { EnvelopeParser } from './connect/envelope-parser.ts';
import type { Fields, FieldValue } from './decoded-record.ts';
import { fieldsOrNull } from './fields.ts';
import type { Frame } from './frame/frame.ts';
import { parseJson } from './json.ts';
import { type FramedContext, readFramed, registryMissing } from './schema/read-framed.ts';
import { utf8Text } from './text.ts';

/** A value as bytes, and its frame; null: it is in none. */
export interface EncodedValue {
  readonly bytes: Buffer;
  readonly frame: Frame | null;
}

/** Decodes a value into fields; null when it encodes no value. Throws a `RecordError`. */
export type ValueDecoder = (value: EncodedValue) => Fields | null;

const toFields = (value: FieldValue): Fields | null => fieldsOrNull(value, 'the value');

/** Decodes plain JSON. */
const json: ValueDecoder = ({ bytes }) => toFields(parseJson(utf8Text(bytes)));

/**
 * Decodes Connect's envelope. `JsonConverter` writes some nulls as the text `null`, without an
 * envelope.
 */
function connectJson(): ValueDecoder {
  const parser = new EnvelopeParser();
  return ({ bytes }) => {
    const value = parser.parse(bytes);
    if (value === null) return null;
    if (isEnvelope(value)) return envelopeFields(value);
    throw new RecordError(
      'ENVELOPE_INVALID',
      'the value is not an envelope, an object with exactly the keys schema and payload',
    );
  };
}

/** Decodes Connect's envelope if the value has its two keys, else plain JSON. */
function anyJson(): ValueDecoder {
  const parser = new EnvelopeParser();
  return ({ bytes }) => {
    const value = parser.parse(bytes);
    return isEnvelope(value) ? envelopeFields(value) : toFields(value);
  };
}

const noFrame = (bytes: Buffer): RecordError =>
  bytes.length === 0
    ? new RecordError('VALUE_EMPTY', 'the value has zero bytes')
    : new RecordError('FRAME_INVALID', 'the value is in no frame that names its schema');

/** Decodes values in a frame that names their schema. */
const framed =
  (context: FramedContext): ValueDecoder =>
  ({ bytes, frame }) => {
    if (frame === null) throw noFrame(bytes);
    return readFramed(frame, context, toFields);
  };

/** Decodes a value by its frame; one without a frame, or one whose schema is not needed, is JSON. */
const auto = (context: FramedContext): ValueDecoder => {
  const decodeFramed = framed(context);
  const decodeJson = anyJson();
  return (value) => {
    const { frame } = value;
    if (frame !== null && context.schemas.of(frame) !== null) return decodeFramed(value);
    return decodedJson(value, decodeJson, (given) => registryMissing(given, 'value'));
  };
};

/** The record errors of bytes that are not JSON. */
const notJson: ReadonlySet<ErrantCode> = new Set(['JSON_INVALID', 'TEXT_NOT_UTF8', 'VALUE_EMPTY']);

/**
 * Decodes JSON. JSON that a serializer wrote beside the schema's identity in a header needs no registry;
 * any other value in a frame throws `missing` of the frame.
 */
function decodedJson(
  value: EncodedValue,
  decodeJson: ValueDecoder,
  missing: (frame: Frame) => RecordError,
): Fields | null {
  const { bytes, frame } = value;
  if (frame === null) return decodeJson(value);
  if (frame.payload !== bytes) throw missing(frame);
  try {
    return decodeJson(value);
  } catch (error) {
    const isNotJson = error instanceof RecordError && notJson.has(error.code);
    throw isNotJson ? missing(frame) : error;
  }
}

/** What a frame lacks where `VALUE_FORMAT` says that there is none. */
const frameRefused = (frame: Frame): RecordError =>
  new RecordError(
    'FRAME_INVALID',
    `${registryMissing(frame, 'value').reason}, and VALUE_FORMAT to auto`,
  );

const unframed =
  (decodeJson: ValueDecoder): ValueDecoder =>
  (value) =>
    decodedJson(value, decodeJson, frameRefused);

/** The decoder of a format. */
export function valueDecoder(format: ValueFormat, context: FramedContext): ValueDecoder {
  if (format === 'json') return unframed(json);
  if (format === 'connect-json') return unframed(connectJson());
  return format === 'auto' ? auto(context) : framed(context);
}
