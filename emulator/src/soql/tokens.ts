import { SoqlError } from './soql-error.ts';

/** The kinds of token; a string is one between single quotes, `symbol` is an operator or a bracket. */
export type TokenKind =
  | 'word'
  | 'string'
  | 'number'
  | 'date'
  | 'datetime'
  | 'time'
  | 'symbol'
  | 'end';

/** A token of a query. */
export interface Token {
  readonly kind: TokenKind;
  /** As in the query, with the quotes of a string; `<EOF>` at the end. */
  readonly text: string;
  /** Its place in the query. */
  readonly at: number;
}

const PATTERNS: readonly (readonly [Exclude<TokenKind, 'end'>, RegExp])[] = [
  ['string', /'(?:[^'\\]|\\[\s\S])*'/y],
  ['datetime', /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})(?![\w.])/iy],
  ['date', /\d{4}-\d{2}-\d{2}(?![\w.:-])/y],
  ['time', /\d{2}:\d{2}:\d{2}(?:\.\d+)?Z(?![\w.])/iy],
  ['number', /[+-]?\d+(?:\.\d*)?(?![\w.])/y],
  ['word', /[a-z]\w*(?:\.[a-z]\w*)*/iy],
  ['symbol', /<=|>=|!=|<>|[=<>(),:]/y],
];

/**
 * Splits a query.
 * @throws SoqlError MALFORMED_QUERY for what is no token.
 */
export function tokenize(query: string): Token[] {
  const tokens: Token[] = [];
  let at = skipSpace(query, 0);
  while (at < query.length) {
    const token = readToken(query, at);
    tokens.push(token);
    at = skipSpace(query, at + token.text.length);
  }
  return [...tokens, { kind: 'end', text: '<EOF>', at: query.length }];
}

/** Whether a token is that keyword or symbol, in any case. */
export function is(token: Token, text: string): boolean {
  const plain = token.kind === 'word' || token.kind === 'symbol';
  return plain && token.text.toUpperCase() === text;
}

/** A token in the wrong place (Summer '24 release notes, "Changed Error Messages"). */
export function unexpected({ text, at }: Token): SoqlError {
  return new SoqlError('MALFORMED_QUERY', `unexpected token: '${text}'`, at);
}

function skipSpace(query: string, from: number): number {
  const rest = /\S/g;
  rest.lastIndex = from;
  return rest.exec(query)?.index ?? query.length;
}

function readToken(query: string, at: number): Token {
  for (const [kind, pattern] of PATTERNS) {
    pattern.lastIndex = at;
    const text = pattern.exec(query)?.[0];
    if (text !== undefined) return { kind, text, at };
  }
  // Release notes of Summer '24: `line 1:15 unexpected token: '$'`, columns counted from 0.
  const before = query.slice(0, at).split('\n');
  const place = `line ${before.length}:${before.at(-1)?.length}`;
  throw new SoqlError('MALFORMED_QUERY', `${place} unexpected token: '${query.charAt(at)}'`, at);
}
