import type { FieldDescription } from '../object/description.ts';
import { parseId } from '../org/salesforce-id.ts';
import type { FieldValue } from '../record/record-store.ts';
import { parseDate, parseDateTime, parseTime } from '../row/calendar.ts';
import { xsdType } from '../row/cell.ts';
import { kindOf, type ValueKind } from './comparable.ts';
import { SoqlError } from './soql-error.ts';
import { readPattern, readText } from './text-literal.ts';
import type { Token, TokenKind } from './tokens.ts';

/** The tokens that are values of a field; a boolean is a word. */
const TOKENS: Readonly<Record<ValueKind, TokenKind>> = {
  text: 'string',
  id: 'string',
  boolean: 'word',
  number: 'number',
  date: 'date',
  datetime: 'datetime',
  time: 'time',
  compound: 'word',
};

/** A literal, and the field that it is compared with. */
export interface LiteralScope {
  readonly field: FieldDescription;
  /** The place of the field in the query. */
  readonly at: number;
}

/**
 * The value of a literal.
 * @throws SoqlError when it is no value of the field.
 */
export function readLiteral(literal: Token, { field, at }: LiteralScope): FieldValue {
  if (literal.kind === 'word' && /^null$/i.test(literal.text)) return null;
  const kind = kindOf(field);
  if (literal.kind !== TOKENS[kind]) throw wrongKind(field, at);
  switch (kind) {
    case 'id':
      return readId(readText(literal), at);
    case 'text':
      return readText(literal);
    case 'number':
      return Number(literal.text);
    case 'date':
      return parseDate(literal.text) ?? fail(`Invalid date: ${literal.text}`, at);
    case 'datetime':
      return (
        parseDateTime(literal.text.toUpperCase(), 'truncate') ??
        fail(`Invalid datetime: ${literal.text}`, at)
      );
    case 'time':
      return (
        parseTime(literal.text.toUpperCase(), 'truncate') ??
        fail(`Invalid time: ${literal.text}`, at)
      );
    default:
      return /^true$/i.test(literal.text);
  }
}

/**
 * The pattern of a LIKE.
 * @throws SoqlError when the literal is no text.
 */
export function readLike(literal: Token, { field, at }: LiteralScope): RegExp {
  if (literal.kind !== 'string') throw wrongKind(field, at);
  return readPattern(literal);
}

/** Recorded: `value of filter criterion for field 'ProductCode' must be of type string and …`. */
function wrongKind(field: FieldDescription, at: number): SoqlError {
  const isQuoted = TOKENS[kindOf(field)] === 'string';
  const type = kindOf(field) === 'id' ? 'ID' : xsdType(field);
  const message = `value of filter criterion for field '${field.name}' must be of type ${type} and should ${isQuoted ? '' : 'not '}be enclosed in quotes`;
  return new SoqlError('INVALID_FIELD', message, at);
}

/** Reports of clients: `INVALID_QUERY_FILTER_OPERATOR: … invalid ID field: 001`. */
function readId(text: string, at: number): string {
  const id = parseId(text);
  if (id !== null) return id;
  throw new SoqlError('INVALID_QUERY_FILTER_OPERATOR', `invalid ID field: ${text}`, at);
}

/** `Invalid datetime: …` is in the release notes of Summer '24. assumption: query-error-wording. */
function fail(message: string, at: number): never {
  throw new SoqlError('MALFORMED_QUERY', message, at);
}
