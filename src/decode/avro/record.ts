import type { Type, types } from 'avsc';
import type { Fields, FieldValue } from '../decoded-record.ts';
import { withField } from '../field-path-error.ts';
import { valueOrInvalid } from '../invalid-value.ts';
import { bytesOfBase64, decimalOf } from '../logical/decimal.ts';
import { variableScaleDecimal } from '../logical/named.ts';
import { type AsciiNames, originalName } from './ascii-names.ts';
import { type ByteInput, type Read, readOf } from './custom-type.ts';
import { throwInvalid } from './primitives.ts';

/** The reader of one field of a record. */
interface FieldReader {
  readonly name: string;
  readonly read: (input: ByteInput) => unknown;
}

function readFields(input: ByteInput, readers: readonly FieldReader[]): Fields {
  const fields: Record<string, FieldValue> = {};
  let name = '';
  try {
    for (const reader of readers) {
      name = reader.name;
      const value = reader.read(input) as FieldValue;
      fields[name] = value;
    }
  } catch (error) {
    throw withField(error, name);
  }
  return fields;
}

/** The decimal of Debezium's struct of `scale` and `value`. */
function variableScaleDecimalOf({ scale, value }: Fields): FieldValue {
  const bytes = typeof value === 'string' ? bytesOfBase64(value) : null;
  if (bytes === null || typeof scale !== 'number') return throwInvalid();
  return valueOrInvalid(() => decimalOf(bytes, scale));
}

/**
 * Reads a record of zero bytes once, since it is always the same. Nested types that each contain
 * such a record twice would otherwise yield 2^n records from no bytes.
 */
function fieldsReader(readersOf: () => readonly FieldReader[]): (input: ByteInput) => Fields {
  let readers: readonly FieldReader[] | null = null;
  let empty: Fields | null = null;
  return (input) => {
    if (empty !== null) return empty;
    readers ??= readersOf();
    const from = input.pos;
    const fields = readFields(input, readers);
    if (input.pos === from) empty = fields;
    return fields;
  };
}

/**
 * Reads a record's fields, in the order of the schema. Their readers are created at the first value of the
 * record: a schema may nest more deeply than the stack allows, and its values not.
 */
export const recordReader =
  (names: AsciiNames) =>
  (type: Type): Read => {
    const { fields } = type as types.RecordType;
    const read = fieldsReader(() =>
      fields.map(({ name, type }): FieldReader => {
        return { name: originalName(name, names), read: readOf(type) };
      }),
    );
    return type.name === variableScaleDecimal
      ? (input) => variableScaleDecimalOf(read(input))
      : read;
  };
