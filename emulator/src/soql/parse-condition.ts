import type { Condition, Operator } from './query.ts';
import { notImplemented } from './soql-error.ts';
import type { TokenStream } from './token-stream.ts';
import { type Token, unexpected } from './tokens.ts';

const OPERATORS: Readonly<Record<string, Operator>> = {
  '=': '=',
  '!=': '!=',
  '<>': '!=',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
  LIKE: 'LIKE',
  IN: 'IN',
};

/**
 * Reads a condition: one, or several joined by AND alone or by OR alone. NOT stands only at its
 * start, and for one condition (SOQL guide, "Logical Operators": parentheses are required whenever
 * operators are mixed).
 * @throws SoqlError
 */
export function parseCondition(tokens: TokenStream): Condition {
  if (tokens.accept('NOT')) return { kind: 'NOT', part: parseSingle(tokens) };
  const first = parseSingle(tokens);
  const kind = tokens.sees('AND') ? 'AND' : 'OR';
  const parts = [first];
  while (tokens.accept(kind)) parts.push(parseSingle(tokens));
  return parts.length === 1 ? first : { kind, parts };
}

function parseSingle(tokens: TokenStream): Condition {
  if (!tokens.accept('(')) return parseComparison(tokens);
  const condition = parseCondition(tokens);
  tokens.expect(')');
  return condition;
}

function parseComparison(tokens: TokenStream): Condition {
  if (tokens.sees('NOT')) throw tokens.refuse();
  const field = parseField(tokens);
  if (tokens.accept('NOT', 'IN')) {
    return { kind: 'comparison', field, operator: 'NOT IN', literals: parseList(tokens, field) };
  }
  const token = tokens.take();
  const name = token.text.toUpperCase();
  if (name === 'INCLUDES' || name === 'EXCLUDES') throw notImplemented(name, token.at);
  const operator = token.kind === 'string' ? undefined : OPERATORS[name];
  if (operator === undefined) throw unexpected(token);
  const literals = operator === 'IN' ? parseList(tokens, field) : [parseLiteral(tokens)];
  if (operator === 'LIKE' && literals[0]?.kind === 'word') throw unexpected(literals[0]);
  return { kind: 'comparison', field, operator, literals };
}

/**
 * Reads the name of a field, or a path.
 * @throws SoqlError
 */
export function parseField(tokens: TokenStream): Token {
  const field = tokens.expectKind('word');
  if (tokens.sees('(')) throw notImplemented(`the function ${field.text}`, field.at);
  return field;
}

function parseList(tokens: TokenStream, field: Token): Token[] {
  const open = tokens.peek();
  tokens.expect('(');
  if (tokens.sees('SELECT')) throw notImplemented('a query in a condition', open.at);
  // Release notes of Summer '24: `unexpected token: 'ParentId IN ()'`.
  if (tokens.sees(')')) throw unexpected({ ...field, text: `${field.text} IN ()` });
  const literals = [parseLiteral(tokens)];
  while (tokens.accept(',')) literals.push(parseLiteral(tokens));
  tokens.expect(')');
  return literals;
}

function parseLiteral(tokens: TokenStream): Token {
  const token = tokens.take();
  if (token.kind === 'end' || token.kind === 'symbol') throw unexpected(token);
  if (token.kind !== 'word' || /^(true|false|null)$/i.test(token.text)) return token;
  if (/^(TODAY|TOMORROW|YESTERDAY|(LAST|THIS|NEXT|N)_\w+)$/i.test(token.text)) {
    throw notImplemented(`the date literal ${token.text}`, token.at);
  }
  throw unexpected(token);
}
