import { SoqlError } from './soql-error.ts';
import { is, type Token, type TokenKind, tokenize, unexpected } from './tokens.ts';

/** Reads the tokens of a query one after the other. */
export class TokenStream {
  readonly #query: string;
  readonly #tokens: readonly Token[];
  #next = 0;

  constructor(query: string) {
    this.#query = query;
    this.#tokens = tokenize(query);
  }

  /** The token that follows, or one after it; beyond the last, the end. */
  peek(ahead = 0): Token {
    return (this.#tokens[this.#next + ahead] ?? this.#tokens.at(-1)) as Token;
  }

  /**
   * Takes the next token.
   * @throws SoqlError MALFORMED_QUERY for a character that begins none.
   */
  take(): Token {
    const token = this.peek();
    if (token.kind === 'unknown') throw this.refuse();
    this.#next += 1;
    return token;
  }

  /** Whether that keyword or symbol follows. */
  sees(text: string): boolean {
    return is(this.peek(), text);
  }

  /** The error of the token that follows. */
  refuse(): SoqlError {
    const token = this.peek();
    if (token.kind !== 'unknown') return unexpected(token);
    // Release notes of Summer '24: `line 1:15 unexpected token: '$'`, columns counted from 0.
    const before = this.#query.slice(0, token.at).split('\n');
    const place = `line ${before.length}:${before.at(-1)?.length}`;
    const { errorCode, message } = unexpected(token);
    return new SoqlError(errorCode, `${place} ${message}`, token.at);
  }

  /** Takes these keywords or symbols if they follow, all of them in this order. */
  accept(...texts: readonly string[]): boolean {
    if (!texts.every((text, index) => is(this.peek(index), text))) return false;
    this.#next += texts.length;
    return true;
  }

  /**
   * Takes that keyword or symbol.
   * @throws SoqlError MALFORMED_QUERY when another token follows.
   */
  expect(text: string): void {
    if (!this.accept(text)) throw this.refuse();
  }

  /**
   * Takes a token of that kind.
   * @throws SoqlError MALFORMED_QUERY when another token follows.
   */
  expectKind(kind: TokenKind): Token {
    if (this.peek().kind !== kind) throw this.refuse();
    return this.take();
  }
}
