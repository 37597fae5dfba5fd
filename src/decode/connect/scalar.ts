import { shown } from '../../errors.ts';
import { Decimal, type FieldValue, isFields, type Scalar } from '../decoded-record.ts';
import { kindOf } from '../fields.ts';
import { bytesOfBase64, decimalOf } from '../logical/decimal.ts';
import {
  connectDecimal,
  isUnknownMeaning,
  namedCounts,
  namedTexts,
  variableScaleDecimal,
} from '../logical/named.ts';
import { at, invalid, type Node, unsupported } from './node.ts';

/** A value that is there. */
type Present = Exclude<FieldValue, null>;

const isWhole = (value: Present): value is number | Decimal =>
  Number.isInteger(value) || (value instanceof Decimal && /^-?\d+$/.test(value.source));
const isNumber = (value: Present): value is number | Decimal =>
  typeof value === 'number' || value instanceof Decimal;
const isText = (value: Present): value is string => typeof value === 'string';

/** Plain types, each with what its JSON value must be. Bytes come as base64 and stay base64. */
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

/** What JSON has no number for; Kafka's `JsonConverter` writes it as text. */
const notFinite: ReadonlyMap<unknown, number> = new Map([
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
]);

function decimalOfText(node: Node, { text, scale }: { text: unknown; scale: unknown }): Decimal {
  const bytes = typeof text === 'string' ? bytesOfBase64(text) : null;
  if (bytes === null) return invalid(node, 'is no base64, and its schema says decimal');
  if (!/^-?\d+$/.test(String(scale))) return invalid(node, 'is a decimal without a scale');
  const places = Number(scale);
  return at(node, () => decimalOf(bytes, places));
}

/** Written as base64, or as a number with `decimal.format=NUMERIC`. */
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

function plainValue(node: Node, value: Present): Scalar {
  const { type } = node.schema;
  const fits = plainTypes.get(type);
  if (fits === undefined) return unsupported(node, 'has no known type in its schema');
  if (fits(value)) return value as Scalar;
  const special = type === 'float' || type === 'double' ? notFinite.get(value) : undefined;
  if (special !== undefined) return special;
  const kind = type === 'bytes' && isText(value) ? 'no base64' : kindOf(value);
  return invalid(node, `is ${kind}, its schema says ${String(type)}`);
}

/**
 * Gives the value of a node that is no struct, map or array, by the name of its schema where that
 * gives it another meaning. Throws the record errors `ENVELOPE_INVALID`,
 * `CONNECT_TYPE_UNSUPPORTED`, `DATE_INVALID`, `DATE_OUT_OF_RANGE` and `NUMBER_OUT_OF_RANGE`.
 */
export function scalarValue(node: Node, value: Present): FieldValue {
  const { name } = node.schema;
  if (typeof name !== 'string') return plainValue(node, value);
  if (name === connectDecimal) return connectDecimalOf(node, value);
  if (name === variableScaleDecimal) return variableScaleDecimalOf(node, value);
  if (isUnknownMeaning(name)) return unsupported(node, `has the logical type ${shown(name)}`);
  const plain = plainValue(node, value);
  const ofCount = namedCounts.get(name);
  if (ofCount !== undefined && isWhole(plain as Present)) {
    return at(node, () => ofCount(plain as number | Decimal));
  }
  const ofText = namedTexts.get(name);
  if (ofText !== undefined && typeof plain === 'string') {
    return at(node, () => ofText(plain));
  }
  const isPlain = ofCount === undefined && ofText === undefined;
  return isPlain ? plain : invalid(node, `is ${kindOf(value)}, and its schema says ${name}`);
}
