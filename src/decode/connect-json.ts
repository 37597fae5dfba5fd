import { RecordError, shown } from '../errors.ts';
import { fieldsOf, kindOf } from './fields.ts';
import { Decimal, type Fields, type FieldValue, isFields } from './row.ts';

/** Kafka Connect's JSON envelope, as its `JsonConverter` writes it with `schemas.enable=true`. */
export interface Envelope {
  readonly schema: FieldValue;
  readonly payload: FieldValue;
}

/** One node of a Connect schema and the value that goes with it. */
interface Node {
  readonly schema: Fields;
  /** Undefined where the payload has no such field. */
  readonly value: FieldValue | undefined;
  /** The field's path, for reasons. */
  readonly where: string;
  /** Levels above this one. */
  readonly depth: number;
}

/** No field of a row is nested deeper than one level; this leaves room for what is left out. */
const deepest = 32;

const isInteger = (value: FieldValue): boolean =>
  Number.isInteger(value) || (value instanceof Decimal && /^-?\d+$/.test(value.source));
const isNumber = (value: FieldValue): boolean =>
  typeof value === 'number' || value instanceof Decimal;
const isText = (value: FieldValue): boolean => typeof value === 'string';

/** Plain types, each with what its JSON value must be. Bytes come as base64 and stay base64. */
const plainTypes: ReadonlyMap<string, (value: FieldValue) => boolean> = new Map([
  ['int8', isInteger],
  ['int16', isInteger],
  ['int32', isInteger],
  ['int64', isInteger],
  ['float', isNumber],
  ['double', isNumber],
  ['boolean', (value) => typeof value === 'boolean'],
  ['string', isText],
  ['bytes', isText],
]);

/** Schema names that give a plain type another meaning; its raw value would be a wrong one. */
const logicalName = /^(org\.apache\.kafka\.connect\.data|io\.debezium\.(time|data\.VariableScale))/;

const invalid = (reason: string): never => {
  throw new RecordError('ENVELOPE_INVALID', reason);
};

/** The value of what stands inside `parent`, at `step` of its path. */
function childValue(
  parent: Node,
  step: string,
  { schema, value }: { schema: unknown; value: FieldValue | undefined },
): FieldValue {
  const where = `${parent.where}${step}`;
  if (!isFields(schema)) return invalid(`the schema of ${where} is ${kindOf(schema)}`);
  if (parent.depth === deepest) {
    throw new RecordError('NESTING_TOO_DEEP', `the payload has more than ${deepest} levels`);
  }
  return plainValue({ schema, value, where, depth: parent.depth + 1 });
}

/** A null struct is a relationship that is not there; as a field of its own it has no column. */
const isNoRelationship = (schema: unknown, value: FieldValue): boolean =>
  value === null && isFields(schema) && schema['type'] === 'struct';

function structValue(node: Node, value: FieldValue): Fields {
  const { schema, where } = node;
  const { fields } = schema;
  if (!Array.isArray(fields)) return invalid(`the struct schema of ${where} lists no fields`);
  if (!isFields(value)) return invalid(`${where} is ${kindOf(value)}, its schema says struct`);
  const entries = (fields as readonly FieldValue[]).map((field) => {
    const name = isFields(field) ? field['field'] : undefined;
    if (typeof name !== 'string') return invalid(`a field in the schema of ${where} has no name`);
    const given = Object.hasOwn(value, name) ? value[name] : undefined;
    const child = childValue(node, `.${shown(name)}`, { schema: field, value: given });
    return { name, field, child };
  });
  const present = entries.filter(({ field, child }) => !isNoRelationship(field, child));
  return Object.fromEntries(present.map(({ name, child }) => [name, child]));
}

/** A map's keys may be data, so the path does not name them. */
function mapValue(node: Node, value: FieldValue): Fields {
  if (!isFields(value)) return invalid(`${node.where} is ${kindOf(value)}, its schema says map`);
  const schema = node.schema['values'];
  const entries = Object.entries(value);
  return Object.fromEntries(
    entries.map(([name, item]) => [name, childValue(node, '[key]', { schema, value: item })]),
  );
}

function arrayValue(node: Node, value: FieldValue): FieldValue {
  if (!Array.isArray(value)) {
    return invalid(`${node.where} is ${kindOf(value)}, its schema says array`);
  }
  const schema = node.schema['items'];
  const items = value as readonly FieldValue[];
  return items.map((item, index) => childValue(node, `[${index}]`, { schema, value: item }));
}

/** An absent field takes the schema's default; null needs an optional schema or a default. */
function emptyValue({ schema, value, where }: Node): FieldValue {
  const fallback = schema['default'] ?? null;
  if (value === undefined && fallback !== null) return fallback;
  if (schema['optional'] === true) return null;
  if (fallback !== null) return fallback;
  return invalid(`${where} is ${kindOf(value)}, its schema says it is required`);
}

function plainValue(node: Node): FieldValue {
  const { schema, where } = node;
  const { type, name } = schema;
  if (typeof name === 'string' && logicalName.test(name)) {
    throw new RecordError(
      'CONNECT_TYPE_UNSUPPORTED',
      `${where} has the logical type ${shown(name)}`,
    );
  }
  const value = node.value ?? emptyValue(node);
  if (value === null) return null;
  if (type === 'struct') return structValue(node, value);
  if (type === 'array') return arrayValue(node, value);
  if (type === 'map') return mapValue(node, value);
  const fits = plainTypes.get(String(type));
  if (fits === undefined) {
    throw new RecordError('CONNECT_TYPE_UNSUPPORTED', `the schema of ${where} has no known type`);
  }
  return fits(value)
    ? value
    : invalid(`${where} is ${kindOf(value)}, its schema says ${String(type)}`);
}

/** Tells Connect's envelope from other JSON: an object with exactly the keys schema and payload. */
export function isEnvelope(value: FieldValue): value is Fields & Envelope {
  return (
    isFields(value) &&
    Object.keys(value).length === 2 &&
    Object.hasOwn(value, 'schema') &&
    Object.hasOwn(value, 'payload')
  );
}

/**
 * Gives the fields of an envelope's payload, each checked against its schema. A null schema means
 * a schemaless payload, which is taken as it is. Throws the record errors `ENVELOPE_INVALID`,
 * `CONNECT_TYPE_UNSUPPORTED`, `NESTING_TOO_DEEP`, `VALUE_NOT_OBJECT` and `VALUE_WITHOUT_FIELDS`.
 */
export function envelopeFields({ schema, payload }: Envelope): Fields {
  if (schema === null) return fieldsOf(payload, 'the payload');
  fieldsOf(payload, 'the payload');
  if (!isFields(schema)) return invalid(`the schema is ${kindOf(schema)}`);
  const root = { schema, value: payload, where: 'payload', depth: 0 };
  return fieldsOf(plainValue(root), 'the payload');
}
