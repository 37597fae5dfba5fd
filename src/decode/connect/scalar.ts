import { quotedName } from '../../record-error.ts';
import { Decimal, type Fields, type FieldValue, isFields, type Scalar } from '../decoded-record.ts';
import { kindOf } from '../fields.ts';
import { bytesOfBase64, decimalOf } from '../logical/decimal.ts';
import {
  connectDecimal,
  isUnknownLogicalType,
  namedNumberTypes,
  namedStringTypes,
  variableScaleDecimal,
} from '../logical/named.ts';
import { isWhole } from '../logical/time.ts';
import { invalid, type Node, unsupported, withPath } from './node.ts';

/** A value that is not null. */
type Present = Exclude<FieldValue, null>;

const isNumber = (value: Present): value is number | Decimal =>
  typeof value === 'number' || value instanceof Decimal;
const isText = (value: Present): value is string => typeof value === 'string';

/** Connect's plain types, each with the check of its JSON value. Bytes are base64 and stay so. */
const plainTypes: ReadonlyMap<unknown, (value: Present) => boolean> = new Map<
  unknown,
  (value: Present) => boolean
>([
  ['int8', isWhole],
  ['int16', isWhole],
  ['int32', isWhole],
  ['int64', isWhole],
  ['float', isNumber],
  ['double', isNumber],
  ['boolean', (value) => typeof value === 'boolean'],
  ['string', isText],
  ['bytes', (value) => isText(value) && bytesOfBase64(value) !== null],
]);

/** Numbers that JSON lacks; Kafka's `JsonConverter` writes them as text. */
const notFinite: ReadonlyMap<unknown, number> = new Map([
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
]);

function decimalOfText(node: Node, { text, scale }: { text: unknown; scale: unknown }): Decimal {
  const bytes = typeof text === 'string' ? bytesOfBase64(text) : null;
  if (bytes === null) return invalid(node, 'is not base64, its schema says decimal');
  if (!/^-?\d+$/.test(String(scale))) return invalid(node, 'is a decimal without a scale');
  const places = Number(scale);
  return withPath(node, () => decimalOf(bytes, places));
}

/** Reads a decimal: base64, or a number with `decimal.format=NUMERIC`. */
function connectDecimalOf(node: Node, value: Present): Scalar {
  if (isNumber(value)) return value;
  const { parameters } = node.schema;
  return decimalOfText(node, {
    text: value,
    scale: isFields(parameters) ? parameters['scale'] : null,
  });
}

function variableScaleDecimalOf(node: Node, value: Present): Decimal {
  const { scale, value: text } = isFields(value) ? value : {};
  return decimalOfText(node, { text, scale });
}

/**
 * Whether a value is as it should be, of a type that a name does not change: most fields of most
 * payloads are, and then nothing needs to be known of their place.
 */
export const isPlainScalar = ({ type, name }: Fields, value: FieldValue | undefined): boolean =>
  value !== undefined &&
  value !== null &&
  (name === undefined || name === null) &&
  plainTypes.get(type)?.(value) === true;

function plainValue(node: Node, value: Present): Scalar {
  const { type } = node.schema;
  const fits = plainTypes.get(type);
  if (fits === undefined) return unsupported(node, 'has an unknown type in its schema');
  if (fits(value)) return value as Scalar;
  const special = type === 'float' || type === 'double' ? notFinite.get(value) : undefined;
  if (special !== undefined) return special;
  const kind = type === 'bytes' && isText(value) ? 'not base64' : kindOf(value);
  return invalid(node, `is ${kind}, its schema says ${String(type)}`);
}

/**
 * Converts the value of a node other than a struct, map or array, by its schema's name if that is a
 * logical type. Throws the record errors `ENVELOPE_INVALID`,
 * `CONNECT_TYPE_UNSUPPORTED`, `DATE_INVALID`, `DATE_OUT_OF_RANGE` and `NUMBER_OUT_OF_RANGE`.
 */
export function scalarValue(node: Node, value: Present): FieldValue {
  const { name } = node.schema;
  if (typeof name !== 'string') return plainValue(node, value);
  if (name === connectDecimal) return connectDecimalOf(node, value);
  if (name === variableScaleDecimal) return variableScaleDecimalOf(node, value);
  if (isUnknownLogicalType(name))
    return unsupported(
      node,
      `has the logical type ${quotedName(name)}, which is not supported; convert the field before it reaches the topic`,
    );
  const plain = plainValue(node, value);
  const convertNumber = namedNumberTypes.get(name);
  if (convertNumber !== undefined && isWhole(plain as Present)) {
    return withPath(node, () => convertNumber(plain as number | Decimal));
  }
  const convertText = namedStringTypes.get(name);
  if (convertText !== undefined && typeof plain === 'string') {
    return withPath(node, () => convertText(plain));
  }
  const isPlain = convertNumber === undefined && convertText === undefined;
  return isPlain ? plain : invalid(node, `is ${kindOf(value)}, its schema says ${name}`);
}
