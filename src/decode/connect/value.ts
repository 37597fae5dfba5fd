import { RecordError } from '../../record-error.ts';
import { type Fields, type FieldValue, isFields } from '../decoded-record.ts';
import { kindOf } from '../fields.ts';
import { valueOrInvalid } from '../invalid-value.ts';
import { variableScaleDecimal } from '../logical/named.ts';
import { depthOf, invalid, type Node, pathOf } from './node.ts';
import { isPlainScalar, scalarValue } from './scalar.ts';

/**
 * Rows take one level of nesting; deeper fields are allowed since they may be omitted from the row.
 */
const maxDepth = 32;

/** Converts the value of a child of `parent`. */
function childValue(
  parent: Node,
  step: Node['step'],
  { schema, value }: { schema: unknown; value: FieldValue | undefined },
): FieldValue {
  if (!isFields(schema)) {
    const where = pathOf({ schema: {}, value, parent, step });
    throw new RecordError('ENVELOPE_INVALID', `the schema of ${where} is ${kindOf(schema)}`);
  }
  const node = { schema, value, parent, step };
  if (depthOf(node) > maxDepth) {
    throw new RecordError('NESTING_TOO_DEEP', `the payload has more than ${maxDepth} levels`);
  }
  return connectValue(node);
}

/** Like `childValue`, but an invalid value is an `InvalidValue`, whose reason names its path. */
const childOrInvalid = (...child: Parameters<typeof childValue>): FieldValue =>
  valueOrInvalid(() => childValue(...child), true);

/** The value of one field of a struct. */
function fieldOf(node: Node, schema: Fields, raw: FieldValue | undefined): FieldValue {
  // Most fields are plain; those below too many levels are refused, whatever they are.
  if (isPlainScalar(schema, raw) && depthOf(node) < maxDepth) return raw as FieldValue;
  return childOrInvalid(node, schema['field'] as string, { schema, value: raw });
}

/** Whether a struct is its payload as it is: the fields of the schema, in its order, all of them plain. */
function isPlainStruct(fields: readonly FieldValue[], value: Fields): boolean {
  const names = Object.keys(value);
  const values = Object.values(value);
  return (
    names.length === fields.length &&
    fields.every((schema, index) => {
      if (!isFields(schema) || schema['field'] !== names[index]) return false;
      const raw = values[index];
      return raw === null ? schema['optional'] === true : isPlainScalar(schema, raw);
    })
  );
}

function structValue(node: Node, value: FieldValue): Fields {
  const { fields } = node.schema;
  if (!Array.isArray(fields)) return invalid(node, 'has a struct schema without fields');
  if (!isFields(value)) return invalid(node, `is ${kindOf(value)}, its schema says struct`);
  // Most structs are plain; what is below too many levels is refused, whatever it is.
  if (isPlainStruct(fields, value) && depthOf(node) < maxDepth) return value;
  const entries: [string, FieldValue][] = [];
  for (const field of fields as readonly FieldValue[]) {
    const name = isFields(field) ? field['field'] : undefined;
    if (typeof name !== 'string') return invalid(node, 'has a field without a name in its schema');
    const raw = Object.hasOwn(value, name) ? value[name] : undefined;
    entries.push([name, fieldOf(node, field as Fields, raw)]);
  }
  return Object.fromEntries(entries);
}

/** The entries of a map. With nullable or non-string keys a map is an array of pairs. */
function pairsOf(node: Node, value: FieldValue): readonly (readonly [string, FieldValue])[] {
  if (isFields(value)) return Object.entries(value);
  if (!Array.isArray(value)) return invalid(node, `is ${kindOf(value)}, its schema says map`);
  return (value as readonly FieldValue[]).map((pair) => {
    const [key, item] = Array.isArray(pair) && pair.length === 2 ? pair : [];
    if (typeof key === 'object' || item === undefined) {
      return invalid(node, 'has an entry that is not a pair of key and value');
    }
    return [String(key), item as FieldValue];
  });
}

function mapValue(node: Node, value: FieldValue): Fields {
  const schema = node.schema['values'];
  const entries = pairsOf(node, value);
  return Object.fromEntries(
    entries.map(([name, item]) => [name, childOrInvalid(node, null, { schema, value: item })]),
  );
}

function arrayValue(node: Node, value: FieldValue): FieldValue {
  if (!Array.isArray(value)) return invalid(node, `is ${kindOf(value)}, its schema says array`);
  const schema = node.schema['items'];
  const items = value as readonly FieldValue[];
  return items.map((item, index) => childValue(node, index, { schema, value: item }));
}

/** The value of an absent or null node: null if the schema allows it, else its default. */
function defaultOrNull(node: Node): FieldValue {
  const { schema, value } = node;
  const fallback = schema['default'] ?? null;
  if (value === undefined && fallback !== null) return fallback;
  if (schema['optional'] === true) return null;
  if (fallback !== null) return fallback;
  return invalid(node, `is ${kindOf(value)}, its schema says it is required`);
}

/**
 * Converts the value of a node by its schema. An invalid field of a struct or map becomes an
 * `InvalidValue`. Throws the record errors of `scalarValue` and `NESTING_TOO_DEEP`.
 */
export function connectValue(node: Node): FieldValue {
  const { type, name } = node.schema;
  const value = node.value ?? defaultOrNull(node);
  if (value === null) return null;
  if (type === 'struct' && name !== variableScaleDecimal) return structValue(node, value);
  if (type === 'array') return arrayValue(node, value);
  if (type === 'map') return mapValue(node, value);
  return scalarValue(node, value);
}
