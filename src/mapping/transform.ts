import type { Expression } from 'jsonata';
import {
  type DecodedRecord,
  type Fields,
  type FieldValue,
  isFields,
  TypedValue,
} from '../decode/decoded-record.ts';
import { textOf } from '../decode/text.ts';
import { SinkError } from '../errors.ts';
import type { KafkaRecord } from '../kafka/record.ts';
import { quotedName, RecordError } from '../record-error.ts';
import { expressionPlace } from './expression-place.ts';
import { clone, isFunction, type JsonataFunction, stringWithTypedValues } from './typed-values.ts';

/** The longest evaluation, in milliseconds. */
export const maxEvaluationMs = 1_000;

/** Other limits of one evaluation: depth of calls, items of a list. */
const limits = { stack: 500, sequence: 100_000 };

/** A record to transform; the fields of a tombstone may be null, which is unknown. */
export type Transformable = Pick<DecodedRecord, 'record' | 'key' | 'event'> & {
  readonly fields: Fields | null;
};

/**
 * Makes the fields of a row from a record, in at most `limitMs` (`maxEvaluationMs`); null: the record
 * is left out. One evaluation runs at a time. Throws a `RecordError`.
 */
export type Transform = (record: Transformable, limitMs?: number) => Promise<Fields | null>;

const failed = (reason: string): RecordError => new RecordError('TRANSFORM_FAILED', reason);

/** The text of each header, decoded when the expression reads it; one that occurs twice has its last value. */
function headersOf({ headers }: KafkaRecord): Readonly<Record<string, string | null>> {
  const texts = {};
  for (const [name, value] of headers) {
    const get = () => (value === null ? null : textOf(value, `the header ${quotedName(name)}`));
    Object.defineProperty(texts, name, { get, enumerable: true, configurable: true });
  }
  return texts;
}

/** The input of the expression. The key is decoded when the expression reads it. */
function inputOf({ record, fields, key, event }: Transformable): object {
  const { topic, partition, offset, timestamp } = record;
  return {
    value: fields,
    event: event ?? null,
    headers: headersOf(record),
    topic,
    partition,
    offset,
    timestamp,
    get key() {
      return key?.() ?? null;
    },
  };
}

/** Checks that a result contains no functions. */
function checkValue(value: unknown, name: string): void {
  if (isFunction(value)) throw failed(`${quotedName(name)} is a function`);
  if (value instanceof TypedValue || value === null || typeof value !== 'object') return;
  // The lists that JSONata makes have members of its own, functions among them.
  if (Array.isArray(value)) for (const item of value) checkValue(item, name);
  else for (const [inner, item] of Object.entries(value)) checkValue(item, inner);
}

/** What went wrong in an evaluation. */
function failureOf(error: unknown, limitMs: number): string {
  const isTimeout = (Object(error) as { readonly code?: unknown }).code === 'D1012';
  const what = isTimeout ? `ran longer than ${Math.floor(limitMs)} ms` : 'failed';
  return `${what}: ${expressionPlace(error)}`;
}

/** The fields of a result; null: nothing. */
function fieldsOf(result: unknown): Fields | null {
  if (result === undefined || result === null) return null;
  if (!isFields(result) || isFunction(result)) {
    const isList = Array.isArray(result);
    const what = isFunction(result) ? 'a function' : isList ? 'a list' : 'a single value';
    throw failed(`the expression returned ${what}, not an object`);
  }
  for (const [name, value] of Object.entries(result)) checkValue(value, name);
  // The result may be the record's own value, or have no prototype.
  return { ...(result as Readonly<Record<string, FieldValue>>) };
}

/**
 * Compiles `TRANSFORM`, a JSONata expression. JSONata is loaded only here, so that sinks without an
 * expression do not pay for it. Throws `CONFIG_INVALID` with the position of a syntax error.
 */
export async function loadTransform(expression: string): Promise<Transform> {
  const { default: jsonata } = await import('jsonata');
  let compiled: Expression;
  // JSONata reads the time limit of these options at each step of an evaluation.
  const options = { ...limits, timeout: maxEvaluationMs };
  try {
    compiled = jsonata(expression, options);
    const string: JsonataFunction = await jsonata('$string').evaluate(null);
    compiled.registerFunction('string', stringWithTypedValues(string), '<x-b?:s>');
    compiled.registerFunction('clone', clone, '<(oa)-:o>');
  } catch (error) {
    const place = expressionPlace(error);
    throw new SinkError('CONFIG_INVALID', `TRANSFORM is not a JSONata expression: ${place}.`);
  }
  return async (record, limitMs = maxEvaluationMs) => {
    options.timeout = limitMs;
    try {
      return fieldsOf(await compiled.evaluate(inputOf(record)));
    } catch (error) {
      if (error instanceof RecordError) throw error;
      throw failed(`the expression ${failureOf(error, limitMs)}`);
    }
  };
}
