import type { Schema, Type } from 'avsc';
import avsc from 'avsc/etc/browser/avsc-types.js';
import { RecordError } from '../../errors.ts';
import type { FieldValue } from '../decoded-record.ts';
import { enumReader } from './enum.ts';
import { Located } from './located.ts';
import { type SchemaObject, scalarMake } from './logical.ts';
import { parseSchema, type StandIns } from './names.ts';
import { arrayReader, floatReader, mapReader, misfit, unionReader } from './plain.ts';
import { type MakeOptions, Reader, type Reading } from './reader.ts';
import { recordReader } from './record.ts';

/** Gives the value that stands in `bytes` from `start` to their end. */
export type AvroDecoder = (bytes: Buffer, start: number) => FieldValue;

/** Types that are read in a way of ours, whatever else their schema says. */
const composites = (standIns: StandIns): ReadonlyMap<unknown, Reading['make']> =>
  new Map([
    ['array', arrayReader],
    ['map', mapReader],
    ['record', recordReader(standIns)],
    ['error', recordReader(standIns)],
    ['enum', enumReader(standIns)],
    ['float', floatReader],
  ]);

const known: ReadonlySet<unknown> = new Set([
  ...['null', 'boolean', 'int', 'long', 'float', 'double', 'string', 'bytes', 'fixed', 'enum'],
  ...['array', 'map', 'record', 'error'],
]);

/** Those of them that a schema may name by themselves, and that are read in a way of ours. */
const primitives: ReadonlySet<unknown> = new Set(['float', 'int', 'long', 'string', 'bytes']);

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

/** The type of a name that is not in the namespace around it, but outside of all: Java looks there too. */
function outside(name: string, options: MakeOptions): Type | undefined {
  const { namespace = '', registry = {} } = options ?? {};
  const isMissing = !name.includes('.') && registry[`${namespace}.${name}`] === undefined;
  return isMissing ? registry[name] : undefined;
}

/** Makes what avsc asks for each schema on its way down: one of our readers, or undefined. */
function typeHook(standIns: StandIns): NonNullable<MakeOptions>['typeHook'] {
  const makes = composites(standIns);
  let inside: unknown = null;
  const reader = (schema: unknown, options: MakeOptions, make: Reading['make']): Type => {
    inside = schema;
    return new Reader({ schema: schema as Schema, options, make });
  };
  const hook = (given: unknown, options: MakeOptions): Type | undefined => {
    const schema = typeof given === 'string' ? { type: given } : (given as SchemaObject);
    // Java takes a schema for the type of a schema, and a name for it too.
    if (!known.has(schema['type'])) return avsc.Type.forSchema(schema['type'] as Schema, options);
    const make = makes.get(schema['type']) ?? scalarMake(schema);
    return make === null ? undefined : reader(bare(schema), options, make);
  };
  return (given, options) => {
    if (given === inside) {
      inside = null;
      return undefined;
    }
    if (Array.isArray(given)) return reader(given, options, unionReader);
    if (typeof given === 'string' && !primitives.has(given)) return outside(given, options);
    return hook(given, options);
  };
}

function makeType(schemas: readonly string[]): Type {
  const standIns: StandIns = new Map();
  // Without a prototype, since a record may be called `toString`.
  const registry = Object.create(null) as Record<string, Type>;
  const options = { registry, wrapUnions: true, typeHook: typeHook(standIns) } as MakeOptions;
  const types = schemas.map((text) => avsc.Type.forSchema(parseSchema(text, standIns), options));
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
 * `DATE_INVALID`, `DATE_OUT_OF_RANGE`, `NUMBER_OUT_OF_RANGE`, `LIST_ITEM_INVALID`,
 * `CONNECT_TYPE_UNSUPPORTED` and `NESTING_TOO_DEEP`.
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
      if (error instanceof Located) throw error.whole();
      if (error instanceof RecordError) throw error;
      if (error instanceof RangeError && /call stack/.test(error.message)) {
        throw new RecordError('NESTING_TOO_DEEP', 'the value is nested too deep to be read');
      }
      // avsc's own reasons quote the value.
      return misfit();
    }
  };
}
