import { Agent, errors, request } from 'undici';

/** One HTTP request, ready to go out. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** A whole number, for the whole exchange, connecting and reading the body included. */
  readonly timeoutMs: number;
  /** False where a lost reply leaves open what happened: then it gets a connection of its own. */
  readonly repeatable: boolean;
}

/** The whole reply, read to its end. */
export interface HttpReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** Sends one request once. Throws `NoReply` when no whole reply came back. */
export type Send = (request: HttpRequest) => Promise<HttpReply>;

/** No whole reply came back: refused, reset, cut off, or silent for too long. */
export class NoReply extends Error {
  /** False only when the request cannot have reached the server. */
  readonly mayHaveArrived: boolean;

  constructor(message: string, details: { mayHaveArrived: boolean; cause: unknown }) {
    super(message, { cause: details.cause });
    this.name = 'NoReply';
    this.mayHaveArrived = details.mayHaveArrived;
  }
}

/** Errors of a connection that was never made, or whose certificate was refused before any request. */
const neverConnected = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

function codeOf(error: unknown): string | null {
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code : null;
}

function noReply(error: unknown, timeoutMs: number): NoReply {
  const code = codeOf(error);
  const silent = error instanceof Error && error.name === 'TimeoutError';
  const what = silent ? `no reply within ${timeoutMs} ms` : (code ?? 'the connection broke');
  const mayHaveArrived = code === null || !neverConnected.has(code);
  // Only the name: undici's parser error holds the raw reply, which may be a token.
  const cause = new Error(
    error instanceof Error ? `${error.name} ${code ?? ''}`.trim() : 'unknown',
  );
  return new NoReply(what, { mayHaveArrived, cause });
}

/** Only what the network or the other side does; a mistake in a call of ours flies on. */
const isOurMistake = (error: unknown): boolean =>
  error instanceof errors.InvalidArgumentError ||
  error instanceof TypeError ||
  error instanceof RangeError;

/**
 * Makes the one place that speaks HTTP. Repeatable requests share kept-alive connections. The
 * others do not: a function that was frozen between two flushes may find its old connections
 * closed by the other side, and a reset there would leave open whether a job was created. HTTP/2
 * is off for the same reason: it puts every request on one connection, whatever an agent is told.
 */
export function createSend(): Send {
  const connect = { timeout: 5_000 };
  const pooled = new Agent({ connect, allowH2: false, connections: 4, keepAliveTimeout: 4_000 });
  const single = new Agent({ connect, allowH2: false, pipelining: 0 });
  return async ({ url, timeoutMs, repeatable, method, headers, body }) => {
    try {
      const reply = await request(url, {
        dispatcher: repeatable ? pooled : single,
        method,
        headers,
        body: body ?? null,
        headersTimeout: timeoutMs,
        bodyTimeout: timeoutMs,
        signal: AbortSignal.timeout(timeoutMs),
      });
      return { status: reply.statusCode, headers: reply.headers, body: await reply.body.text() };
    } catch (error) {
      throw isOurMistake(error) ? error : noReply(error, timeoutMs);
    }
  };
}
