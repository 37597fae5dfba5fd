import type { Schema, Type } from 'avsc';
import avsc from 'avsc/etc/browser/avsc-types.js';
import { RecordError } from '../../record-error.ts';
import type { FieldValue } from '../decoded-record.ts';
import { FieldPathError } from '../field-path-error.ts';
import { type AsciiNames, parseSchema } from './ascii-names.ts';
import { arrayReader, mapReader, unionReader } from './collections.ts';
import { CustomType, type ReaderFactory, type SchemaOptions } from './custom-type.ts';
import { enumReader } from './enum.ts';
import { floatReader, throwInvalid } from './primitives.ts';
import { recordReader } from './record.ts';
import { type SchemaObject, scalarReader } from './scalar.ts';

/** Decodes the value in `bytes` from `start` to the end. */
export type AvroDecoder = (bytes: Buffer, start: number) => FieldValue;

/** Readers that replace avsc's, by type, whatever the logical type. */
const readersByType = (names: AsciiNames): ReadonlyMap<unknown, ReaderFactory> =>
  new Map([
    ['array', arrayReader],
    ['map', mapReader],
    ['record', recordReader(names)],
    ['error', recordReader(names)],
    ['enum', enumReader(names)],
    ['float', floatReader],
  ]);

const avroTypes: ReadonlySet<unknown> = new Set([
  ...['null', 'boolean', 'int', 'long', 'float', 'double', 'string', 'bytes', 'fixed', 'enum'],
  ...['array', 'map', 'record', 'error'],
]);

/** Primitive types, which a schema may give by name alone, whose readers replace avsc's. */
const primitives: ReadonlySet<unknown> = new Set(['float', 'int', 'long', 'string', 'bytes']);

/**
 * A record's schema with the names and types of its fields only. Values are read with the writer's
 * schema, so defaults are never used, and avsc rejects defaults that a `CustomType` cannot encode.
 */
function withoutDefaults(schema: SchemaObject): SchemaObject {
  const { fields } = schema;
  if (!Array.isArray(fields)) return schema;
  return { ...schema, fields: fields.map(({ name, type }) => ({ name: fieldName(name), type })) };
}

function fieldName(name: unknown): unknown {
  if (name === '__proto__') throw new Error('a field is named __proto__');
  return name;
}

/** The type of a name that is not in the enclosing namespace but in none, where Java looks too. */
function typeOutsideNamespace(name: string, options: SchemaOptions): Type | undefined {
  const { namespace = '', registry = {} } = options ?? {};
  const isMissing = !name.includes('.') && registry[`${namespace}.${name}`] === undefined;
  return isMissing ? registry[name] : undefined;
}

/**
 * Creates avsc's type hook. It returns a `CustomType` for a schema, or undefined for avsc's own
 * type.
 */
function typeHook(names: AsciiNames): NonNullable<SchemaOptions>['typeHook'] {
  const factories = readersByType(names);
  let current: unknown = null;
  const customType = (
    schema: unknown,
    options: SchemaOptions,
    createReader: ReaderFactory,
  ): Type => {
    // avsc calls the hook again for the underlying type.
    current = schema;
    return new CustomType({ schema: schema as Schema, options, createReader });
  };
  const typeOf = (named: unknown, options: SchemaOptions): Type | undefined => {
    const schema = typeof named === 'string' ? { type: named } : (named as SchemaObject);
    // Java accepts a schema or a name as the type of a schema.
    if (!avroTypes.has(schema['type'])) {
      return avsc.Type.forSchema(schema['type'] as Schema, options);
    }
    const createReader = factories.get(schema['type']) ?? scalarReader(schema);
    return createReader === null
      ? undefined
      : customType(withoutDefaults(schema), options, createReader);
  };
  return (schema, options) => {
    if (schema === current) {
      current = null;
      return undefined;
    }
    if (Array.isArray(schema)) return customType(schema, options, unionReader);
    if (typeof schema === 'string' && !primitives.has(schema)) {
      return typeOutsideNamespace(schema, options);
    }
    return typeOf(schema, options);
  };
}

function compileTypes(schemas: readonly string[]): Type {
  const names: AsciiNames = new Map();
  // Without a prototype, since a record may be named `toString`.
  const registry = Object.create(null) as Record<string, Type>;
  const options = { registry, wrapUnions: true, typeHook: typeHook(names) } as SchemaOptions;
  const types = schemas.map((text) => avsc.Type.forSchema(parseSchema(text, names), options));
  const type = types.at(-1);
  if (type === undefined) throw new Error('no schema');
  return type;
}

function decodeWith(type: Type, bytes: Buffer, start: number): FieldValue {
  const { value, offset } = type.decode(bytes, start) as { value: FieldValue; offset: number };
  if (offset === -1) throw new RecordError('AVRO_INVALID', 'the bytes end before the value does');
  if (offset !== bytes.length) {
    const left = bytes.length - offset;
    throw new RecordError('AVRO_INVALID', `${left} bytes follow the value`);
  }
  return value;
}

/**
 * Creates the decoder of the last schema. The others are its references, each after its own. Values
 * are as cells need them: dates, times and decimals as `TypedValue`, bytes as base64, a union as
 * the value of its branch.
 *
 * Throws the record error `SCHEMA_INVALID`. The decoder throws `AVRO_INVALID`, `TEXT_NOT_UTF8`,
 * `DATE_INVALID`, `DATE_OUT_OF_RANGE`, `NUMBER_OUT_OF_RANGE`, `LIST_ITEM_INVALID`,
 * `CONNECT_TYPE_UNSUPPORTED` and `NESTING_TOO_DEEP`.
 */
export function compileAvro(schemas: readonly string[]): AvroDecoder {
  let type: Type;
  try {
    type = compileTypes(schemas);
  } catch {
    // avsc's message quotes the schema.
    throw new RecordError('SCHEMA_INVALID', 'it is not a valid Avro schema');
  }
  return (bytes, start) => {
    try {
      return decodeWith(type, bytes, start);
    } catch (error) {
      if (error instanceof FieldPathError) throw error.toRecordError();
      if (error instanceof RecordError) throw error;
      if (error instanceof RangeError && /call stack/.test(error.message)) {
        throw new RecordError('NESTING_TOO_DEEP', 'the value is nested too deeply to be decoded');
      }
      // avsc's messages quote the value.
      return throwInvalid();
    }
  };
}
