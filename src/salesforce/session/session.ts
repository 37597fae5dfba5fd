import { SinkError } from '../../errors.ts';
import type { Bounds } from '../call/attempts.ts';
import type { Credentials, ReadCredentials } from './credentials.ts';
import { login, type Token } from './login.ts';

const same = (one: Credentials, other: Credentials): boolean =>
  one.clientId === other.clientId && one.clientSecret === other.clientSecret;

/** A user may log in 3,600 times an hour, all containers together. Source: Salesforce help 000381578. */
const betweenRenewalsMs = 60_000;

/**
 * The token of one container: logged in at first use, kept until Salesforce refuses it (no field
 * of it says how long it lives), and shared by concurrent calls.
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

  /** Gives the token, logging in when there is none. Throws as `login` and `ReadCredentials` do. */
  token(bounds: Bounds): Promise<Token> {
    this.#token ??= this.#logIn(bounds).catch((error: unknown) => {
      this.#token = null;
      throw error;
    });
    return this.#token;
  }

  /** Drops a token that Salesforce refused, unless another call has replaced it already. */
  async drop(refused: Token): Promise<void> {
    const current = this.#token;
    if (current !== null && (await current) === refused && this.#token === current)
      this.#token = null;
  }

  /**
   * Logs in anew to learn which instance the org is on now, though the token was not refused, and
   * gives the token to use from now on. It is the known one after a login that failed, and until a
   * minute has passed since the last such login: an org that is down is not logged in to in a loop.
   */
  async renew(known: Token, bounds: Bounds): Promise<Token> {
    const current = await this.#token;
    if (current !== null && current !== known) return current;
    const now = bounds.runtime.clock.now();
    if (now - this.#renewedAt < betweenRenewalsMs) return this.#token ?? known;
    this.#renewedAt = now;
    this.#token = this.#logIn({ ...bounds, maxRetries: 0 }).catch((error: unknown) => {
      if (!(error instanceof SinkError)) throw error;
      bounds.log.warn('instance not looked up', { code: error.code, reason: error.message });
      return known;
    });
    return this.#token;
  }

  /** After a refusal the secret is read past every cache, since it may have been mended. */
  async #logIn(bounds: Bounds): Promise<Token> {
    const known = await this.#readCredentials(bounds.deadline, false).catch((error: unknown) => {
      if (error instanceof SinkError && error.code === 'SECRET_INVALID') return null;
      throw error;
    });
    if (known === null) return this.#logInAfresh(bounds);
    try {
      return await login(this.#oauthUri, known, bounds);
    } catch (error) {
      if (!(error instanceof SinkError && error.code === 'LOGIN_REFUSED')) throw error;
      const rotated = await this.#readCredentials(bounds.deadline, true);
      if (same(known, rotated)) throw error;
      return login(this.#oauthUri, rotated, bounds);
    }
  }

  async #logInAfresh(bounds: Bounds): Promise<Token> {
    return login(this.#oauthUri, await this.#readCredentials(bounds.deadline, true), bounds);
  }
}
