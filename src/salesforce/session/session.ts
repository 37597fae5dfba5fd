import { SinkError } from '../../errors.ts';
import type { Bounds } from '../call/attempts.ts';
import type { Credentials, ReadCredentials } from './credentials.ts';
import { login, type Token } from './login.ts';

const same = (one: Credentials, other: Credentials): boolean =>
  one.clientId === other.clientId && one.clientSecret === other.clientSecret;

/** A user may log in 3,600 times an hour, all containers together. Source: Salesforce help 000381578. */
const betweenRenewalsMs = 60_000;

/**
 * The access token of a container: obtained at first use, kept until Salesforce refuses it (the reply
 * does not say when it expires), and shared by concurrent calls.
 */
export class Session {
  readonly #oauthUri: string;
  readonly #readCredentials: ReadCredentials;
  #token: Promise<Token> | null = null;
  /** Milliseconds since 1970. */
  #renewedAt = Number.NEGATIVE_INFINITY;

  constructor(oauthUri: string, readCredentials: ReadCredentials) {
    this.#oauthUri = oauthUri;
    this.#readCredentials = readCredentials;
  }

  /** Returns the token, logging in if there is none. Throws as `login` and `ReadCredentials` do. */
  token(bounds: Bounds): Promise<Token> {
    this.#token ??= this.#logIn(bounds).catch((error: unknown) => {
      this.#token = null;
      throw error;
    });
    return this.#token;
  }

  /** Drops a token that Salesforce refused, unless another call has already replaced it. */
  async drop(refused: Token): Promise<void> {
    const current = this.#token;
    if (current !== null && (await current) === refused && this.#token === current)
      this.#token = null;
  }

  /**
   * Logs in again to learn the org's current instance, though the token was not refused, and returns
   * the token to use. That is `token` if the login fails, or if the last such login was less
   * than a minute ago, so that an outage does not cause a login loop.
   */
  async renew(token: Token, bounds: Bounds): Promise<Token> {
    const current = await this.#token;
    if (current !== null && current !== token) return current;
    const now = bounds.runtime.clock.now();
    if (now - this.#renewedAt < betweenRenewalsMs) return this.#token ?? token;
    this.#renewedAt = now;
    this.#token = this.#logIn({ ...bounds, maxRetries: 0 }).catch((error: unknown) => {
      if (!(error instanceof SinkError)) throw error;
      bounds.log.warn('instance lookup failed', { code: error.code, reason: error.message });
      return token;
    });
    return this.#token;
  }

  /** After a refusal the secret is read without cache, since it may have been corrected. */
  async #logIn(bounds: Bounds): Promise<Token> {
    const cached = await this.#readCredentials(bounds.deadline, false).catch((error: unknown) => {
      if (error instanceof SinkError && error.code === 'SECRET_INVALID') return null;
      throw error;
    });
    if (cached === null) return this.#logInAfresh(bounds);
    try {
      return await login(this.#oauthUri, cached, bounds);
    } catch (error) {
      if (!(error instanceof SinkError && error.code === 'LOGIN_REFUSED')) throw error;
      const rotated = await this.#readCredentials(bounds.deadline, true);
      if (same(cached, rotated)) throw error;
      return login(this.#oauthUri, rotated, bounds);
    }
  }

  async #logInAfresh(bounds: Bounds): Promise<Token> {
    return login(this.#oauthUri, await this.#readCredentials(bounds.deadline, true), bounds);
  }
}
