import type { Schema, Type } from 'avsc';
import avsc from 'avsc/etc/browser/avsc-types.js';
import { RecordError } from '../../errors.ts';
import type { FieldValue } from '../row.ts';
import { type SchemaObject, scalarMake } from './logical.ts';
import { arrayReader, floatReader, mapReader, misfit, unionReader } from './plain.ts';
import { type MakeOptions, Reader, type Reading } from './reader.ts';
import { recordReader } from './record.ts';

/** Gives the value that stands in `bytes` from `start` to their end. */
export type AvroDecoder = (bytes: Buffer, start: number) => FieldValue;

/** Types that are read in a way of ours, whatever else their schema says. */
const composites: Readonly<Record<string, Reading['make']>> = {
  array: arrayReader,
  map: mapReader,
  record: recordReader,
  error: recordReader,
  float: floatReader,
};

const known: ReadonlySet<unknown> = new Set([
  ...Object.keys(composites),
  ...['null', 'boolean', 'int', 'long', 'double', 'string', 'bytes', 'fixed', 'enum'],
]);

const primitives: ReadonlySet<unknown> = new Set(['float', 'long', 'string', 'bytes']);

/**
 * A record's schema without what its values do not need. The writer's schema is the reader's, so a
 * default is never used, and avsc would refuse one that our readers cannot write back.
 */
function bare(schema: SchemaObject): SchemaObject {
  const { fields } = schema;
  if (!Array.isArray(fields)) return schema;
  return { ...schema, fields: fields.map(({ name, type }) => ({ name: fieldName(name), type })) };
}

function fieldName(name: unknown): unknown {
  if (name === '__proto__') throw new Error('a field is called __proto__');
  return name;
}

const makeOf = (schema: SchemaObject): Reading['make'] | null =>
  composites[schema['type'] as string] ?? scalarMake(schema);

/** Makes what avsc asks for each schema on its way down: one of our readers, or undefined. */
function typeHook(): NonNullable<MakeOptions>['typeHook'] {
  let inside: unknown = null;
  const reader = (schema: unknown, options: MakeOptions, make: Reading['make']): Type => {
    inside = schema;
    return new Reader({ schema: schema as Schema, options, make });
  };
  const hook = (given: unknown, options: MakeOptions): Type | undefined => {
    const schema = typeof given === 'string' ? { type: given } : (given as SchemaObject);
    // Java takes a schema for the type of a schema, and a name for it too.
    if (!known.has(schema['type'])) return avsc.Type.forSchema(schema['type'] as Schema, options);
    const make = makeOf(schema);
    return make === null ? undefined : reader(bare(schema), options, make);
  };
  return (given, options) => {
    if (given === inside) {
      inside = null;
      return undefined;
    }
    if (Array.isArray(given)) return reader(given, options, unionReader);
    if (typeof given === 'string' && !primitives.has(given)) return undefined;
    return hook(given, options);
  };
}

function makeType(schemas: readonly string[]): Type {
  const options = { registry: {}, wrapUnions: true, typeHook: typeHook() } as MakeOptions;
  const types = schemas.map((text) => avsc.Type.forSchema(JSON.parse(text) as Schema, options));
  const type = types.at(-1);
  if (type === undefined) throw new Error('there is no schema');
  return type;
}

function decodeWith(type: Type, bytes: Buffer, start: number): FieldValue {
  const { value, offset } = type.decode(bytes, start) as { value: FieldValue; offset: number };
  if (offset === -1) throw new RecordError('AVRO_INVALID', 'the bytes end before the value does');
  if (offset !== bytes.length) {
    const left = bytes.length - offset;
    throw new RecordError('AVRO_INVALID', `${left} bytes are left over after the value`);
  }
  return value;
}

/**
 * Makes the decoder of the last of these schemas; those before it are the ones that it refers to,
 * and those that they refer to, first. Values come as cells need them: dates, times and decimals
 * as text or `Decimal`, bytes as base64, a union as the value that is in it.
 *
 * Throws the record error `SCHEMA_INVALID`. The decoder throws `AVRO_INVALID`, `TEXT_NOT_UTF8`,
 * `DATE_INVALID`, `DATE_OUT_OF_RANGE`, `NUMBER_OUT_OF_RANGE`, `CONNECT_TYPE_UNSUPPORTED` and
 * `NESTING_TOO_DEEP`.
 */
export function compileAvro(schemas: readonly string[]): AvroDecoder {
  let type: Type;
  try {
    type = makeType(schemas);
  } catch {
    // The reason would quote the schema.
    throw new RecordError('SCHEMA_INVALID', 'it is no Avro schema that can be read');
  }
  return (bytes, start) => {
    try {
      return decodeWith(type, bytes, start);
    } catch (error) {
      if (error instanceof RecordError) throw error;
      if (error instanceof RangeError && /call stack/.test(error.message)) {
        throw new RecordError('NESTING_TOO_DEEP', 'the value is nested too deep to be read');
      }
      // avsc's own reasons quote the value.
      return misfit();
    }
  };
}
