import type { Type } from 'avsc';
import avsc from 'avsc/etc/browser/avsc-types.js';
import { shown } from '../../errors.ts';
import { type FieldValue, Flaw, flawOf, orFlaw } from '../decoded-record.ts';
import { decimalOf } from '../logical/decimal.ts';
import { isUnknownMeaning, namedCounts, namedTexts } from '../logical/named.ts';
import { dateOf, momentOf, timeOf, type Unit, type Whole } from '../logical/time.ts';
import { misfit, passBytes, passedText, readBytes, readInt, readLong } from './plain.ts';
import { type Read, readOf, type Tap } from './reader.ts';

/** A schema that is written as an object. */
export type SchemaObject = Readonly<Record<string, unknown>>;

/** Makes the reader of a type that avsc has made of the schema. */
type Make = (type: Type) => Read;

const momentIn = (unit: Unit) => (count: Whole) => momentOf(count, unit);

/** Logical types of `int` and `long`. A local time has no zone, so its digits are taken for UTC. */
const counts: Readonly<Record<string, ReadonlyMap<unknown, (count: Whole) => FieldValue>>> = {
  int: new Map<unknown, (count: Whole) => FieldValue>([
    ['date', dateOf],
    ['time-millis', (count: Whole) => timeOf(count, 'millis')],
  ]),
  long: new Map<unknown, (count: Whole) => FieldValue>([
    ['time-micros', (count: Whole) => timeOf(count, 'micros')],
    ['timestamp-millis', momentIn('millis')],
    ['timestamp-micros', momentIn('micros')],
    ['timestamp-nanos', momentIn('nanos')],
    ['local-timestamp-millis', momentIn('millis')],
    ['local-timestamp-micros', momentIn('micros')],
    ['local-timestamp-nanos', momentIn('nanos')],
  ]),
};

/** Bytes or fixed bytes, made into something else; what is wrong with them is a flaw of the value. */
const bytesReader =
  (make: (bytes: Buffer) => FieldValue): Make =>
  (type) => {
    const meant = (bytes: Buffer) => orFlaw(() => make(bytes));
    if (type.typeName === 'bytes') return (tap) => meant(readBytes(tap));
    const read = readOf(type) as (tap: Tap) => Buffer | undefined;
    return (tap) => meant(read(tap) ?? misfit());
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

/** A length that does not fit is no flaw of the text: nobody knows where the next value begins. */
function textMake(name: string): Make {
  const meant = namedTexts.get(name);
  return () => (tap) => {
    const from = passBytes(tap);
    try {
      const text = passedText(tap, from);
      return meant === undefined ? text : meant(text);
    } catch (error) {
      return flawOf(error);
    }
  };
}

/** Reads past a value whose meaning is not known here: it is a flaw if its cell is written. */
function unknownMeaning(name: string, make: Make | null): Make {
  const reason = `it has the logical type ${shown(name)}`;
  return (type) => {
    const read = make?.(type) ?? readOf(type);
    return (tap) => {
      read(tap);
      return new Flaw({ code: 'CONNECT_TYPE_UNSUPPORTED', reason });
    };
  };
}

/** The reader of a type by its schema alone, whatever it is called. */
function makeOf(schema: SchemaObject, name: string): Make | null {
  const { type, logicalType } = schema;
  if (type === 'bytes' || type === 'fixed') return bytesMake(schema);
  if (type === 'string') return textMake(name);
  if (type !== 'int' && type !== 'long') return null;
  const read = type === 'int' ? readInt : readLong;
  const meant = namedCounts.get(name) ?? counts[type]?.get(logicalType);
  return meant === undefined ? () => read : () => (tap) => meant(read(tap));
}

/**
 * Chooses the reader of a scalar type that avsc does not read as a cell needs it: by Avro's logical
 * type, or by the name that Kafka Connect's `AvroConverter` keeps as `connect.name`, which is all
 * that Debezium's types have. Null: avsc's own. An unknown logical type, and a decimal whose scale
 * is no whole number, is its plain value, as the specification says.
 * Source: Avro specification 1.12, "Logical Types".
 */
export function scalarMake(schema: SchemaObject): Make | null {
  const name = typeof schema['connect.name'] === 'string' ? schema['connect.name'] : '';
  const make = makeOf(schema, name);
  return isUnknownMeaning(name) ? unknownMeaning(name, make) : make;
}
