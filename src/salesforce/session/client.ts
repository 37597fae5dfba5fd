import type { Config } from '../../config/config.ts';
import type { HttpReply, HttpRequest, OpenReply } from '../../runtime/http/send.ts';
import type { Log } from '../../runtime/log.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import type { ApiUsage } from '../api-usage.ts';
import {
  type Bounds,
  isSafeToResend,
  requireSuccess,
  sendOnce,
  withRetries,
} from '../call/attempts.ts';
import { AttemptFailed, type Failure } from '../call/failure.ts';
import type { ApiVersionWarning } from '../version-warning.ts';
import type { ApiRequest } from './api-request.ts';
import type { Token } from './login.ts';
import { mayHaveMoved } from './moved.ts';
import type { Session } from './session.ts';

/** What a client works with. */
export interface ClientParts {
  readonly config: Pick<Config, 'maxRetries'>;
  readonly runtime: Runtime;
  readonly log: Log;
  readonly session: Session;
  readonly usage: ApiUsage;
  readonly versionWarning: ApiVersionWarning;
}

/** One attempt of a request. */
interface Sending extends Pick<HttpRequest, 'take'> {
  readonly request: ApiRequest;
  readonly isLast: boolean;
}

/** The time limits of calls. */
export type CallLimits = Pick<Bounds, 'deadline' | 'attemptTimeoutMs'>;

/** Client of Salesforce's REST API, up to a deadline. */
export class Client {
  readonly #parts: ClientParts;
  readonly #bounds: Bounds;
  #hasLookedForInstance = false;

  constructor(parts: ClientParts, limits: CallLimits) {
    this.#parts = parts;
    const { config, runtime, log } = parts;
    this.#bounds = { runtime, log, maxRetries: config.maxRetries, ...limits };
  }

  /** Logs in unless there is a session. Throws as `Session.token` does. */
  async logIn(): Promise<void> {
    await this.#parts.session.token(this.#bounds);
  }

  /**
   * Makes a call and returns `read(reply)`; `read` throws `AttemptFailed` for an unreadable reply.
   * Throws as `withRetries` and `Session.token` do.
   */
  call<T>(request: ApiRequest, read: (reply: HttpReply) => T): Promise<T> {
    return this.#withRetries(request, async (isLast) =>
      read(await this.#send({ request, isLast })),
    );
  }

  /**
   * Like `call`, but `take` reads the body as a stream, from its beginning at each attempt. Only the
   * deadline limits its time.
   */
  stream<T>(request: ApiRequest, take: (reply: OpenReply) => Promise<T>): Promise<T> {
    return this.#withRetries(request, async (isLast) => {
      const taken = Promise.withResolvers<T>();
      await this.#send({
        request,
        isLast,
        take: async (reply) => taken.resolve(await take(reply)),
      });
      return taken.promise;
    });
  }

  #withRetries<T>(request: ApiRequest, once: (isLast: boolean) => Promise<T>): Promise<T> {
    const { method, path, quotesValues = false } = request;
    const named = quotesValues ? path.replace(/\?.*$/s, '') : path;
    return withRetries({ ...request, name: `${method} ${named}` }, this.#bounds, once);
  }

  /** Sends a request; once more if a new token or another instance may help. */
  async #send(sending: Sending): Promise<HttpReply> {
    const first = await this.#parts.session.token(this.#bounds);
    try {
      return await this.#sendAs([first], sending);
    } catch (error) {
      if (!(error instanceof AttemptFailed)) throw error;
      const second = await this.#replacement(first, error.failure, sending.request);
      if (second === null) throw error;
      return this.#sendAs([second, first], sending);
    }
  }

  /** The token with which a failed request may succeed at once; null: none. */
  async #replacement(token: Token, failure: Failure, request: ApiRequest): Promise<Token | null> {
    const { session, log } = this.#parts;
    if (failure.status === 401) {
      await session.drop(token);
      return session.token(this.#bounds);
    }
    if (this.#hasLookedForInstance || !mayHaveMoved(failure)) return null;
    this.#hasLookedForInstance = true;
    const renewed = await session.renew(token, this.#bounds);
    if (renewed.instanceUrl === token.instanceUrl) return null;
    log.warn('instance changed', { instance: new URL(renewed.instanceUrl).host });
    return isSafeToResend(request, failure) ? renewed : null;
  }

  async #sendAs(
    [{ accessToken, instanceUrl }, ...replaced]: readonly [Token, ...Token[]],
    { request, isLast, take }: Sending,
  ): Promise<HttpReply> {
    const { method, path, repeat, contentType, body, quotesValues = false } = request;
    const headers = {
      authorization: `Bearer ${accessToken}`,
      accept: 'application/json, text/csv',
      // Descriptions and results are the only large replies; gzip reduces them to a few per cent.
      ...(method === 'GET' ? { 'accept-encoding': 'gzip' } : {}),
      ...(contentType === undefined ? {} : { 'content-type': contentType }),
    };
    const url = `${instanceUrl}${path}`;
    const repeatable = repeat === 'always';
    const given = {
      ...(body === undefined ? {} : { body }),
      ...(take === undefined ? {} : { take }),
    };
    const sent = { method, url, headers, repeatable, ...given };
    const reply = await sendOnce(sent, this.#bounds, isLast);
    this.#parts.usage.read(reply);
    this.#parts.versionWarning.check(reply, this.#parts.log);
    const secrets = [accessToken, ...replaced.map((token) => token.accessToken)];
    return requireSuccess(reply, { secrets, quotesValues });
  }
}
