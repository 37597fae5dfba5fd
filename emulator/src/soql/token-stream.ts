import { is, type Token, type TokenKind, tokenize, unexpected } from './tokens.ts';

/** Reads the tokens of a query one after the other. */
export class TokenStream {
  readonly #tokens: readonly Token[];
  #next = 0;

  /** @throws SoqlError MALFORMED_QUERY for what is no token. */
  constructor(query: string) {
    this.#tokens = tokenize(query);
  }

  /** The token that follows, or one after it; beyond the last, the end. */
  peek(ahead = 0): Token {
    return (this.#tokens[this.#next + ahead] ?? this.#tokens.at(-1)) as Token;
  }

  /** Takes the next token. */
  take(): Token {
    const token = this.peek();
    this.#next += 1;
    return token;
  }

  /** Whether that keyword or symbol follows. */
  sees(text: string): boolean {
    return is(this.peek(), text);
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
    if (!this.accept(text)) throw unexpected(this.peek());
  }

  /**
   * Takes a token of that kind.
   * @throws SoqlError MALFORMED_QUERY when another token follows.
   */
  expectKind(kind: TokenKind): Token {
    if (this.peek().kind !== kind) throw unexpected(this.peek());
    return this.take();
  }
}
