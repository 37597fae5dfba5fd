import type { Type } from 'avsc';
import avsc from 'avsc/etc/browser/avsc-types.js';
import { RecordError, shown } from '../../errors.ts';
import { decimalOf } from '../logical/decimal.ts';
import { isUnknownMeaning, namedCounts, namedTexts } from '../logical/named.ts';
import { dateText, timestampText, timeText, type Unit, type Whole } from '../logical/time.ts';
import type { FieldValue } from '../row.ts';
import { misfit, readBytes, readInt, readLong, readText } from './plain.ts';
import { type Read, readOf, type Tap } from './reader.ts';

/** A schema that is written as an object. */
export type SchemaObject = Readonly<Record<string, unknown>>;

/** Makes the reader of a type that avsc has made of the schema. */
type Make = (type: Type) => Read;

const timestampIn = (unit: Unit) => (count: Whole) => timestampText(count, unit);

/** Logical types of `int` and `long`. A local time has no zone, so its digits are taken for UTC. */
const counts: Readonly<Record<string, ReadonlyMap<unknown, (count: Whole) => string>>> = {
  int: new Map([
    ['date', dateText],
    ['time-millis', (count: Whole) => timeText(count, 'millis')],
  ]),
  long: new Map([
    ['time-micros', (count: Whole) => timeText(count, 'micros')],
    ['timestamp-millis', timestampIn('millis')],
    ['timestamp-micros', timestampIn('micros')],
    ['timestamp-nanos', timestampIn('nanos')],
    ['local-timestamp-millis', timestampIn('millis')],
    ['local-timestamp-micros', timestampIn('micros')],
    ['local-timestamp-nanos', timestampIn('nanos')],
  ]),
};

/** Bytes or fixed bytes, made into something else. */
const bytesReader =
  (make: (bytes: Buffer) => FieldValue): Make =>
  (type) => {
    if (type.typeName === 'bytes') return (tap) => make(readBytes(tap));
    const read = readOf(type) as (tap: Tap) => Buffer | undefined;
    return (tap) => make(read(tap) ?? misfit());
  };

const base64 = (bytes: Buffer): string => bytes.toString('base64');

/** A decimal that carries its scale; what is inside the bytes is Avro again. */
const bigDecimal = avsc.Type.forSchema({
  type: 'record',
  name: 'BigDecimal',
  fields: [
    { name: 'unscaled', type: 'bytes' },
    { name: 'scale', type: 'int' },
  ],
});

function bigDecimalOf(bytes: Buffer): FieldValue {
  const { unscaled, scale } = bigDecimal.fromBuffer(bytes) as { unscaled: Buffer; scale: number };
  return decimalOf(unscaled, scale);
}

/** Months, days and milliseconds, each a little-endian number, as ISO 8601 has them. */
function durationText(bytes: Buffer): string {
  const [months, days, ms] = [0, 4, 8].map((at) => bytes.readUInt32LE(at)) as [
    number,
    number,
    number,
  ];
  return `P${months}M${days}DT${ms / 1000}S`;
}

/** RFC 4122 text of 16 bytes. */
const uuidText = (bytes: Buffer): string =>
  bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

function bytesMake(schema: SchemaObject): Make {
  const { type, logicalType, scale = 0, size } = schema;
  if (logicalType === 'decimal' && Number.isInteger(scale)) {
    return bytesReader((bytes) => decimalOf(bytes, scale as number));
  }
  if (logicalType === 'big-decimal' && type === 'bytes') return bytesReader(bigDecimalOf);
  if (logicalType === 'duration' && size === 12) return bytesReader(durationText);
  if (logicalType === 'uuid' && size === 16) return bytesReader(uuidText);
  return bytesReader(base64);
}

function textMake(name: string): Make {
  const ofText = namedTexts.get(name);
  return ofText === undefined ? () => readText : () => (tap) => ofText(readText(tap));
}

/** Refuses values whose meaning is not known here, when there are any. */
const unknownMeaning =
  (name: string): Make =>
  () =>
  () => {
    throw new RecordError('CONNECT_TYPE_UNSUPPORTED', `it has the logical type ${shown(name)}`);
  };

/**
 * Chooses the reader of a scalar type that avsc does not read as a cell needs it: by Avro's logical
 * type, or by the name that Kafka Connect's `AvroConverter` keeps as `connect.name`, which is all
 * that Debezium's types have. Null: avsc's own. An unknown logical type, and a decimal whose scale
 * is no whole number, is its plain value, as the specification says.
 * Source: Avro specification 1.12, "Logical Types".
 */
export function scalarMake(schema: SchemaObject): Make | null {
  const { type, logicalType } = schema;
  const name = typeof schema['connect.name'] === 'string' ? schema['connect.name'] : '';
  if (isUnknownMeaning(name)) return unknownMeaning(name);
  if (type === 'bytes' || type === 'fixed') return bytesMake(schema);
  if (type === 'string') return textMake(name);
  if (type !== 'int' && type !== 'long') return null;
  const read = type === 'int' ? readInt : readLong;
  const toText = namedCounts.get(name) ?? counts[type]?.get(logicalType);
  return toText === undefined ? () => read : () => (tap) => toText(read(tap));
}
