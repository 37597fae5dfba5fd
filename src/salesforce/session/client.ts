import type { Config } from '../../config.ts';
import type { Edges } from '../../edges.ts';
import type { ErrorCode } from '../../errors.ts';
import type { HttpReply, HttpRequest } from '../../http/send.ts';
import type { Log } from '../../log.ts';
import type { ApiUsage } from '../api-usage.ts';
import { attempt, attempts, type Bounds, type Call, succeeded } from '../call/attempts.ts';
import type { Session } from './session.ts';

/** One call of the REST API, before it has a token and a host. */
export interface ApiRequest {
  readonly method: HttpRequest['method'];
  /** From the root of the instance: `/services/data/v65.0/jobs/ingest`. */
  readonly path: string;
  readonly repeat: Call['repeat'];
  readonly unknownOutcome?: ErrorCode;
  readonly contentType?: string;
  readonly body?: string;
}

/** What a client needs to live. */
export interface ClientParts {
  readonly config: Pick<Config, 'maxRetries'>;
  readonly edges: Edges;
  readonly log: Log;
  readonly session: Session;
  readonly usage: ApiUsage;
}

/** How long calls may take. */
export type CallLimits = Pick<Bounds, 'deadline' | 'attemptTimeoutMs'>;

/** Salesforce's REST API up to a deadline. */
export class Client {
  readonly #parts: ClientParts;
  readonly #bounds: Bounds;

  constructor(parts: ClientParts, limits: CallLimits) {
    this.#parts = parts;
    const { config, edges, log } = parts;
    this.#bounds = { edges, log, maxRetries: config.maxRetries, ...limits };
  }

  /**
   * Makes a call and gives what `read` makes of its reply; `read` throws `AttemptFailed` for a
   * reply that it cannot read. Throws as `attempts` and `Session.token` do.
   */
  call<T>(request: ApiRequest, read: (reply: HttpReply) => T): Promise<T> {
    const { method, path } = request;
    const call = { ...request, name: `${method} ${path}` };
    return attempts(call, this.#bounds, async () => read(await this.#send(request)));
  }

  /** A token that is refused is replaced once, and the request built again, whatever its method. */
  async #send(request: ApiRequest): Promise<HttpReply> {
    const { session } = this.#parts;
    const first = await session.token(this.#bounds);
    const reply = await this.#sendAs(first, request);
    if (reply.status !== 401) return succeeded(reply, [first.accessToken]);
    await session.drop(first);
    const second = await session.token(this.#bounds);
    return succeeded(await this.#sendAs(second, request), [second.accessToken, first.accessToken]);
  }

  async #sendAs(
    { accessToken, instanceUrl }: { accessToken: string; instanceUrl: string },
    { method, path, repeat, contentType, body }: ApiRequest,
  ): Promise<HttpReply> {
    const headers = {
      authorization: `Bearer ${accessToken}`,
      accept: 'application/json, text/csv',
      ...(contentType === undefined ? {} : { 'content-type': contentType }),
    };
    const url = `${instanceUrl}${path}`;
    const repeatable = repeat === 'always';
    const reply = await attempt(
      { method, url, headers, repeatable, ...(body === undefined ? {} : { body }) },
      this.#bounds,
    );
    this.#parts.usage.note(reply);
    return reply;
  }
}
