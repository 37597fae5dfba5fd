import { cellOf } from '../csv/cell.ts';
import { isFields, type Scalar, TypedValue } from '../decode/decoded-record.ts';

/** A function of JSONata, whose `this` is the evaluation. */
type Implementation = (this: unknown, ...values: unknown[]) => unknown;

/** JSONata represents its functions as objects with a mark; those of an expression have another one. */
export interface JsonataFunction {
  readonly _jsonata_function: true;
  readonly implementation: Implementation;
}

/** Tells whether a value is a function, of this language or of JSONata. */
export const isFunction = (value: unknown): boolean =>
  typeof value === 'function' ||
  (typeof value === 'object' &&
    value !== null &&
    ('_jsonata_lambda' in value || '_jsonata_function' in value));

/** Copies a value with all that it contains, but for functions; `typed` says what a typed value becomes. */
function copied(value: unknown, typed: (value: TypedValue) => unknown): unknown {
  if (value instanceof TypedValue) return typed(value);
  if (Array.isArray(value)) return value.map((item) => copied(item, typed));
  if (!isFields(value) || isFunction(value)) return value;
  const entries = Object.entries(value).map(([name, item]) => [name, copied(item, typed)] as const);
  return Object.fromEntries(entries);
}

const textSettings = { nullValues: 'empty', format: 'plain' } as const;

/** The text of a typed value in a field without a description. Throws the record errors of `cellOf`. */
const textOf = (value: TypedValue): string =>
  cellOf(value as Extract<Scalar, TypedValue>, '$string', textSettings);

/**
 * JSONata's `$clone`, with which `~> |…|…|` begins. JSONata's own goes through JSON, which has no typed
 * values.
 */
export const clone: Implementation = (value) => copied(value, (typed) => typed);

/** JSONata's `$string`, which makes of a typed value the text that a cell would have. */
export const stringWithTypedValues = ({ implementation }: JsonataFunction): Implementation =>
  function (value, ...others) {
    const plain = typeof value === 'object' && value !== null ? copied(value, textOf) : value;
    return implementation.call(this, plain, ...others);
  };
