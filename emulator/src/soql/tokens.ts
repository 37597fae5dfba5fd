import { SoqlError } from './soql-error.ts';

/**
 * The kinds of token: a string is between single quotes, a symbol is an operator or a bracket,
 * `unknown` a character that begins none of the others.
 */
export type TokenKind =
  | 'word'
  | 'string'
  | 'number'
  | 'date'
  | 'datetime'
  | 'time'
  | 'symbol'
  | 'unknown'
  | 'end';

/** A token of a query. */
export interface Token {
  readonly kind: TokenKind;
  /** As in the query, with the quotes of a string; `<EOF>` at the end. */
  readonly text: string;
  /** Its place in the query. */
  readonly at: number;
}

const PATTERNS: readonly (readonly [TokenKind, RegExp])[] = [
  ['string', /'(?:[^'\\]|\\[\s\S])*'/y],
  ['datetime', /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})(?![\w.])/iy],
  ['date', /\d{4}-\d{2}-\d{2}(?![\w.:-])/y],
  ['time', /\d{2}:\d{2}:\d{2}(?:\.\d+)?Z(?![\w.])/iy],
  ['number', /[+-]?\d+(?:\.\d*)?(?![\w.])/y],
  ['word', /[a-z]\w*(?:\.[a-z]\w*)*/iy],
  ['symbol', /<=|>=|!=|<>|[=<>(),:]/y],
  ['unknown', /[\s\S]/y],
];

/** Splits a query; the last token is the end. */
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

/** A token in the wrong place (release notes of Summer '24, "Changed Error Messages"). */
export function unexpected({ text, at }: Pick<Token, 'text' | 'at'>): SoqlError {
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
  return { kind: 'end', text: '<EOF>', at };
}
