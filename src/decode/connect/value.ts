import { RecordError } from '../../errors.ts';
import { type Fields, type FieldValue, isFields, orFlaw } from '../decoded-record.ts';
import { kindOf } from '../fields.ts';
import { variableScaleDecimal } from '../logical/named.ts';
import { depthOf, invalid, type Node, pathOf } from './node.ts';
import { scalarValue } from './scalar.ts';

/** No field of a row is nested deeper than one level; this leaves room for what is left out. */
const deepest = 32;

/** The value of what stands inside `parent`, at a step of its path. */
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
  if (depthOf(node) > deepest) {
    throw new RecordError('NESTING_TOO_DEEP', `the payload has more than ${deepest} levels`);
  }
  return connectValue(node);
}

/** The same; what is wrong with it matters only if it is written, and says where it was. */
const childOrFlaw = (...child: Parameters<typeof childValue>): FieldValue =>
  orFlaw(() => childValue(...child), true);

/** A null struct or map is a relationship that is not there; as a field of its own it has no column. */
const isNoRelationship = (schema: unknown, value: FieldValue): boolean =>
  value === null &&
  isFields(schema) &&
  (schema['type'] === 'struct' || schema['type'] === 'map') &&
  schema['name'] !== variableScaleDecimal;

function structValue(node: Node, value: FieldValue): Fields {
  const { fields } = node.schema;
  if (!Array.isArray(fields)) return invalid(node, 'has a struct schema that lists no fields');
  if (!isFields(value)) return invalid(node, `is ${kindOf(value)}, its schema says struct`);
  const entries: [string, FieldValue][] = [];
  for (const field of fields as readonly FieldValue[]) {
    const name = isFields(field) ? field['field'] : undefined;
    if (typeof name !== 'string') return invalid(node, 'has a field without a name in its schema');
    const given = Object.hasOwn(value, name) ? value[name] : undefined;
    const child = childOrFlaw(node, name, { schema: field, value: given });
    if (!isNoRelationship(field, child)) entries.push([name, child]);
  }
  return Object.fromEntries(entries);
}

/** With keys that may be null or are no text, a map is an array of pairs. */
function pairsOf(node: Node, value: FieldValue): readonly (readonly [string, FieldValue])[] {
  if (isFields(value)) return Object.entries(value);
  if (!Array.isArray(value)) return invalid(node, `is ${kindOf(value)}, its schema says map`);
  return (value as readonly FieldValue[]).map((pair) => {
    const [key, item] = Array.isArray(pair) && pair.length === 2 ? pair : [];
    if (typeof key === 'object' || item === undefined) {
      return invalid(node, 'has an entry that is no pair of a key and a value');
    }
    return [String(key), item as FieldValue];
  });
}

function mapValue(node: Node, value: FieldValue): Fields {
  const schema = node.schema['values'];
  const entries = pairsOf(node, value);
  return Object.fromEntries(
    entries.map(([name, item]) => [name, childOrFlaw(node, null, { schema, value: item })]),
  );
}

function arrayValue(node: Node, value: FieldValue): FieldValue {
  if (!Array.isArray(value)) return invalid(node, `is ${kindOf(value)}, its schema says array`);
  const schema = node.schema['items'];
  const items = value as readonly FieldValue[];
  return items.map((item, index) => childValue(node, index, { schema, value: item }));
}

/** An absent field takes the schema's default; null needs an optional schema or a default. */
function emptyValue(node: Node): FieldValue {
  const { schema, value } = node;
  const fallback = schema['default'] ?? null;
  if (value === undefined && fallback !== null) return fallback;
  if (schema['optional'] === true) return null;
  if (fallback !== null) return fallback;
  return invalid(node, `is ${kindOf(value)}, its schema says it is required`);
}

/**
 * Gives the value of a node as its schema says; what is wrong with a field of a struct or map is a
 * `Flaw` of that field. Throws the record errors of `scalarValue` and `NESTING_TOO_DEEP`.
 */
export function connectValue(node: Node): FieldValue {
  const { type, name } = node.schema;
  const value = node.value ?? emptyValue(node);
  if (value === null) return null;
  if (type === 'struct' && name !== variableScaleDecimal) return structValue(node, value);
  if (type === 'array') return arrayValue(node, value);
  if (type === 'map') return mapValue(node, value);
  return scalarValue(node, value);
}
