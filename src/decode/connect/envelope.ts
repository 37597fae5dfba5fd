import { RecordError } from '../../errors.ts';
import { type Fields, type FieldValue, isFields } from '../decoded-record.ts';
import { fieldsOf, fieldsOrNone, kindOf } from '../fields.ts';
import { connectValue } from './value.ts';

/** Kafka Connect's JSON envelope, as its `JsonConverter` writes it with `schemas.enable=true`. */
export interface Envelope {
  readonly schema: FieldValue;
  readonly payload: FieldValue;
}

/** Tells Connect's envelope from other JSON: an object with exactly the keys schema and payload. */
export function isEnvelope(value: FieldValue): value is Fields & Envelope {
  return (
    isFields(value) &&
    Object.keys(value).length === 2 &&
    Object.hasOwn(value, 'schema') &&
    Object.hasOwn(value, 'payload')
  );
}

/** A null that the schema allows stays null; one that it forbids is its default, if there is one. */
const isNone = (schema: Fields, payload: FieldValue): boolean =>
  payload === null && (schema['optional'] === true || (schema['default'] ?? null) === null);

/**
 * Gives the fields of an envelope's payload, each checked against its schema; null when there is no
 * payload. A null schema means a schemaless payload, which is taken as it is. Throws the record
 * errors of `connectValue`, `VALUE_NOT_OBJECT` and `VALUE_WITHOUT_FIELDS`.
 */
export function envelopeFields({ schema, payload }: Envelope): Fields | null {
  const fields = fieldsOrNone(payload, 'the payload');
  if (schema === null) return fields;
  if (!isFields(schema)) {
    throw new RecordError('ENVELOPE_INVALID', `the schema is ${kindOf(schema)}`);
  }
  if (isNone(schema, payload)) return null;
  return fieldsOf(
    connectValue({ schema, value: payload, parent: null, step: null }),
    'the payload',
  );
}
