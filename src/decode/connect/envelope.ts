import { RecordError } from '../../record-error.ts';
import { type Fields, type FieldValue, isFields } from '../decoded-record.ts';
import { fieldsOf, fieldsOrNull, kindOf } from '../fields.ts';
import { connectValue } from './value.ts';

/** Kafka Connect's JSON envelope, as its `JsonConverter` writes it with `schemas.enable=true`. */
export interface Envelope {
  readonly schema: FieldValue;
  readonly payload: FieldValue;
}

/**
 * Tells whether a value is Connect's envelope: an object with exactly the keys schema and payload.
 */
export function isEnvelope(value: FieldValue): value is Fields & Envelope {
  return (
    isFields(value) &&
    Object.hasOwn(value, 'schema') &&
    Object.hasOwn(value, 'payload') &&
    Object.keys(value).length === 2
  );
}

/** Tells whether a payload is null: a required null takes the schema's default, if it has one. */
const isNullPayload = (schema: Fields, payload: FieldValue): boolean =>
  payload === null && (schema['optional'] === true || (schema['default'] ?? null) === null);

/**
 * Returns an envelope's payload, converted by its schema; with a null schema it is plain JSON. Throws
 * the record errors of `connectValue` and `ENVELOPE_INVALID`.
 */
export function envelopeValue({ schema, payload }: Envelope): FieldValue {
  if (schema === null) return payload;
  if (!isFields(schema)) {
    throw new RecordError('ENVELOPE_INVALID', `the schema is ${kindOf(schema)}`);
  }
  if (isNullPayload(schema, payload)) return null;
  return connectValue({ schema, value: payload, parent: null, step: null });
}

/**
 * Returns the fields of an envelope's payload; null when the payload is null. Throws the record errors
 * of `envelopeValue`, `VALUE_NOT_OBJECT` and `VALUE_WITHOUT_FIELDS`.
 */
export function envelopeFields(envelope: Envelope): Fields | null {
  const fields = fieldsOrNull(envelope.payload, 'the payload');
  if (envelope.schema === null) return fields;
  const value = envelopeValue(envelope);
  return value === null ? null : fieldsOf(value, 'the payload');
}
