import type { Type, types } from 'avsc';
import { RecordError, shown } from '../../errors.ts';
import { bytesOfBase64, decimalOf } from '../logical/decimal.ts';
import { variableScaleDecimal } from '../logical/named.ts';
import type { Fields, FieldValue } from '../row.ts';
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

/** The reason of an error, with the path of the field it is about. */
function located(error: unknown, name: string): unknown {
  if (!(error instanceof RecordError)) return error;
  const { code, reason } = error;
  const colon = /^("|\[)/.test(reason) ? '.' : ': ';
  return new RecordError(code, `${shown(name)}${colon}${reason}`);
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
  return decimalOf(bytes, scale);
}

/** Reads a record as its fields, in the order of the schema. */
export const recordReader = (type: Type): Read => {
  const fields = (type as types.RecordType).fields.map(
    ({ name, type }): FieldReader => ({
      name,
      read: readOf(type),
      leftOutWhenNull: mayLackRelationship(type),
    }),
  );
  return type.name === variableScaleDecimal
    ? (tap) => variableScaleDecimalOf(readFields(tap, fields))
    : (tap) => readFields(tap, fields);
};
