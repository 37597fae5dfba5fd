import { RecordError } from '../errors.ts';
import { type Errant, errantOf } from '../kafka/errant.ts';
import type { KafkaRecord } from '../kafka/record.ts';
import { envelopeFields, isEnvelope } from './connect-json.ts';
import { fieldsOf } from './fields.ts';
import { parseJson } from './json.ts';
import type { Fields, Row } from './row.ts';
import { textOf } from './text.ts';

/** What the records became: every record is in exactly one of the two lists. */
export interface DecodedBatch {
  readonly rows: readonly Row[];
  readonly errants: readonly Errant[];
}

/** Turns a record's bytes into fields, or throws a `RecordError`. */
type ValueDecoder = (bytes: Buffer) => Fields;

const json: ValueDecoder = (bytes) => fieldsOf(parseJson(textOf(bytes)), 'the value');

const connectJson: ValueDecoder = (bytes) => {
  const value = parseJson(textOf(bytes));
  if (isEnvelope(value)) return envelopeFields(value);
  throw new RecordError('ENVELOPE_INVALID', 'the value is not an object of schema and payload');
};

/** Chooses for each record: Connect's envelope where its two keys are there, else plain JSON. */
const auto: ValueDecoder = (bytes) => {
  const value = parseJson(textOf(bytes));
  return isEnvelope(value) ? envelopeFields(value) : fieldsOf(value, 'the value');
};

/** The formats that a sink can ask for, by the value of `VALUE_FORMAT`. */
export const valueFormats = { auto, json, 'connect-json': connectJson } as const;

/** The value of `VALUE_FORMAT`. */
export type ValueFormat = keyof typeof valueFormats;

function decodeRecord(record: KafkaRecord, decoder: ValueDecoder): Row {
  if (record.value === null) {
    throw new RecordError('TOMBSTONE', 'the record has no value, and insert needs one');
  }
  return { record, fields: decoder(record.value) };
}

/** Decodes each record by itself: bytes end here, and no value, however odd, makes it throw. */
export function decode(records: readonly KafkaRecord[], format: ValueFormat): DecodedBatch {
  const rows: Row[] = [];
  const errants: Errant[] = [];
  for (const record of records) {
    try {
      rows.push(decodeRecord(record, valueFormats[format]));
    } catch (error) {
      errants.push(errantOf(record, 'decode', error));
    }
  }
  return { rows, errants };
}
