import type { Type, types } from 'avsc';
import { RecordError } from '../../errors.ts';
import { type Fields, type FieldValue, orFlaw } from '../decoded-record.ts';
import { bytesOfBase64, decimalOf } from '../logical/decimal.ts';
import { variableScaleDecimal } from '../logical/named.ts';
import { Located } from './located.ts';
import { nameOf, type StandIns } from './names.ts';
import { misfit } from './plain.ts';
import { type Read, Reader, readOf, type Tap } from './reader.ts';

const insideOf = (type: Type): Type => (type instanceof Reader ? type.underlyingType : type);

/** A record or map becomes relationship columns. */
function isRelationship(type: Type): boolean {
  const { typeName, name } = insideOf(type);
  return typeName === 'map' || (typeName === 'record' && name !== variableScaleDecimal);
}

/** Says of a field's type whether its null is a relationship that is not there: it has no column. */
function mayLackRelationship(type: Type): boolean {
  const union = insideOf(type);
  if (union.typeName !== 'union:wrapped') return false;
  const branches = (union as types.WrappedUnionType).types;
  return branches.every((branch) => branch.typeName === 'null' || isRelationship(branch));
}

/** How one field of a record is read. */
interface FieldReader {
  readonly name: string;
  readonly read: (tap: Tap) => unknown;
  readonly leftOutWhenNull: boolean;
}

/** A record error with the field that it is about; what else is thrown stays as it is. */
function located(error: unknown, name: string): unknown {
  if (error instanceof Located) return error.inside(name);
  return error instanceof RecordError ? new Located(error).inside(name) : error;
}

function readFields(tap: Tap, fields: readonly FieldReader[]): Fields {
  const row: Record<string, FieldValue> = {};
  let name = '';
  try {
    for (const field of fields) {
      name = field.name;
      const value = field.read(tap) as FieldValue;
      if (value !== null || !field.leftOutWhenNull) row[name] = value;
    }
  } catch (error) {
    throw located(error, name);
  }
  return row;
}

/** Debezium's decimal with its scale beside it. */
function variableScaleDecimalOf({ scale, value }: Fields): FieldValue {
  const bytes = typeof value === 'string' ? bytesOfBase64(value) : null;
  if (bytes === null || typeof scale !== 'number') return misfit();
  return orFlaw(() => decimalOf(bytes, scale));
}

/**
 * Reads a record once if it takes no bytes, since it is the same every time. Types that name such a
 * one twice, each in the next, would else make a value of 2^n records out of nothing.
 */
function readerOf(fields: readonly FieldReader[]): (tap: Tap) => Fields {
  let withoutBytes: Fields | null = null;
  return (tap) => {
    if (withoutBytes !== null) return withoutBytes;
    const from = tap.pos;
    const row = readFields(tap, fields);
    if (tap.pos === from) withoutBytes = row;
    return row;
  };
}

/** Reads a record as its fields, in the order of the schema. */
export const recordReader =
  (standIns: StandIns) =>
  (type: Type): Read => {
    const fields = (type as types.RecordType).fields.map(
      ({ name, type }): FieldReader => ({
        name: nameOf(name, standIns),
        read: readOf(type),
        leftOutWhenNull: mayLackRelationship(type),
      }),
    );
    const read = readerOf(fields);
    return type.name === variableScaleDecimal ? (tap) => variableScaleDecimalOf(read(tap)) : read;
  };
