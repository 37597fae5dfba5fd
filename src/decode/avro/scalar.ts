import avsc from 'avsc/etc/browser/avsc-types.js';
import { quotedName, RecordError } from '../../record-error.ts';
import { type FieldValue, InvalidValue } from '../decoded-record.ts';
import { toInvalidValue, valueOrInvalid } from '../invalid-value.ts';
import { decimalOf } from '../logical/decimal.ts';
import { isUnknownLogicalType, namedNumberTypes, namedStringTypes } from '../logical/named.ts';
import { dateOf, type TimeUnit, timeOf, timestampOf, type WholeNumber } from '../logical/time.ts';
import { uuidText } from '../uuid.ts';
import { type ByteInput, type ReaderFactory, readOf } from './custom-type.ts';
import { decodeText, readBytes, readInt, readLong, skipBytes, throwInvalid } from './primitives.ts';

/** A schema that is a JSON object. */
export type SchemaObject = Readonly<Record<string, unknown>>;

const timestampIn = (unit: TimeUnit) => (count: WholeNumber) => timestampOf(count, unit);

/** Logical types of `int` and `long`. A local timestamp has no zone and is read as UTC. */
const numberTypes: Readonly<
  Record<string, ReadonlyMap<unknown, (count: WholeNumber) => FieldValue>>
> = {
  int: new Map<unknown, (count: WholeNumber) => FieldValue>([
    ['date', dateOf],
    ['time-millis', (count: WholeNumber) => timeOf(count, 'millis')],
  ]),
  long: new Map<unknown, (count: WholeNumber) => FieldValue>([
    ['time-micros', (count: WholeNumber) => timeOf(count, 'micros')],
    ['timestamp-millis', timestampIn('millis')],
    ['timestamp-micros', timestampIn('micros')],
    ['timestamp-nanos', timestampIn('nanos')],
    ['local-timestamp-millis', timestampIn('millis')],
    ['local-timestamp-micros', timestampIn('micros')],
    ['local-timestamp-nanos', timestampIn('nanos')],
  ]),
};

/**
 * Reads bytes or fixed bytes and converts them; a record error of `convert` becomes an
 * `InvalidValue`.
 */
const convertedBytes =
  (convert: (bytes: Buffer) => FieldValue): ReaderFactory =>
  (type) => {
    const converted = (bytes: Buffer) => valueOrInvalid(() => convert(bytes));
    if (type.typeName === 'bytes') return (input) => converted(readBytes(input));
    const read = readOf(type) as (input: ByteInput) => Buffer | undefined;
    return (input) => converted(read(input) ?? throwInvalid());
  };

const base64 = (bytes: Buffer): string => bytes.toString('base64');

/** The Avro type of a big-decimal's bytes. */
const bigDecimal = avsc.Type.forSchema({
  type: 'record',
  name: 'BigDecimal',
  fields: [
    { name: 'unscaled', type: 'bytes' },
    { name: 'scale', type: 'int' },
  ],
});

/** The bytes have a length of their own, so what follows them can be read whatever they are. */
function bigDecimalOf(bytes: Buffer): FieldValue {
  let parts: { readonly unscaled: Buffer; readonly scale: number };
  try {
    parts = bigDecimal.fromBuffer(bytes) as typeof parts;
  } catch {
    throw new RecordError('AVRO_INVALID', 'the bytes are no big-decimal');
  }
  return decimalOf(parts.unscaled, parts.scale);
}

/** Formats months, days and milliseconds, each little-endian, as an ISO 8601 duration. */
function durationText(bytes: Buffer): string {
  const [months, days, ms] = [0, 4, 8].map((at) => bytes.readUInt32LE(at)) as [
    number,
    number,
    number,
  ];
  return `P${months}M${days}DT${ms / 1000}S`;
}

function bytesReader(schema: SchemaObject): ReaderFactory {
  const { type, logicalType, scale = 0, size } = schema;
  if (logicalType === 'decimal' && Number.isInteger(scale)) {
    return convertedBytes((bytes) => decimalOf(bytes, scale as number));
  }
  if (logicalType === 'big-decimal' && type === 'bytes') return convertedBytes(bigDecimalOf);
  if (logicalType === 'duration' && size === 12) return convertedBytes(durationText);
  if (logicalType === 'uuid' && size === 16) return convertedBytes((bytes) => uuidText(bytes));
  return convertedBytes(base64);
}

/**
 * Reads a string. An invalid length fails the record, since the start of the next value is unknown.
 */
function textReader(name: string): ReaderFactory {
  const convert = namedStringTypes.get(name);
  return () => (input) => {
    const from = skipBytes(input);
    try {
      const text = decodeText(input, from);
      return convert === undefined ? text : convert(text);
    } catch (error) {
      return toInvalidValue(error);
    }
  };
}

/** Skips a value of an unsupported logical type; it is an `InvalidValue`. */
function unsupportedReader(name: string, createReader: ReaderFactory | null): ReaderFactory {
  const reason = `it has the logical type ${quotedName(name)}, which is not supported; convert the field before it reaches the topic`;
  return (type) => {
    const read = createReader?.(type) ?? readOf(type);
    return (input) => {
      read(input);
      return new InvalidValue({ code: 'CONNECT_TYPE_UNSUPPORTED', reason });
    };
  };
}

/** The reader of a schema, apart from unsupported logical types; null for avsc's own. */
function readerOf(schema: SchemaObject, name: string): ReaderFactory | null {
  const { type, logicalType } = schema;
  if (type === 'bytes' || type === 'fixed') return bytesReader(schema);
  if (type === 'string') return textReader(name);
  if (type !== 'int' && type !== 'long') return null;
  const read = type === 'int' ? readInt : readLong;
  const convert = namedNumberTypes.get(name) ?? numberTypes[type]?.get(logicalType);
  return convert === undefined ? () => read : () => (input) => convert(read(input));
}

/**
 * Returns the reader of a scalar type: by Avro's logical type, or by the name that Kafka Connect's
 * `AvroConverter` keeps as `connect.name`, the only mark of Debezium's types. Null for avsc's own
 * reader. An unknown logical type, or a decimal without an integer scale, is its plain value, as
 * the specification says.
 * Source: Avro specification 1.12, "Logical Types".
 */
export function scalarReader(schema: SchemaObject): ReaderFactory | null {
  const name = typeof schema['connect.name'] === 'string' ? schema['connect.name'] : '';
  const createReader = readerOf(schema, name);
  return isUnknownLogicalType(name) ? unsupportedReader(name, createReader) : createReader;
}
