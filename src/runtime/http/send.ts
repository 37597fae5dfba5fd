import { Agent, errors } from 'undici';
import { type Bytes, bytesOf, textOf } from './body.ts';
import { noReplyFrom } from './no-reply.ts';
import { type TimeLimits, Watch } from './time-limits.ts';

/** A reply whose body is still being received. */
export interface OpenReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Must be read to its end, once. Throws `NoReply` when it is truncated. */
  readonly body: Bytes;
}

/** A complete reply. */
export interface HttpReply extends Omit<OpenReply, 'body'> {
  /** Empty if `HttpRequest.take` has read it. */
  readonly body: string;
}

/** An HTTP request. */
export interface HttpRequest extends TimeLimits {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** False if a lost reply would leave the outcome unknown: such a request gets its own connection. */
  readonly repeatable: boolean;
  /**
   * Reads the body of a successful reply as a stream, so that it is never in memory as a whole. The
   * request throws what this throws.
   */
  readonly take?: (reply: OpenReply) => Promise<void>;
}

/** Sends a request once; redirects are not followed. Throws `NoReply`. */
export type Send = (request: HttpRequest) => Promise<HttpReply>;

/** Tells whether a status is 2xx. */
export const isSuccess = (status: number): boolean => status >= 200 && status < 300;

/** A programming error in a request; it must not look like a network failure. */
const isOurMistake = (error: unknown): boolean =>
  error instanceof errors.InvalidArgumentError ||
  error instanceof TypeError ||
  error instanceof RangeError;

/** Sends a request and returns the reply once its headers have arrived. */
async function opened(sent: HttpRequest, dispatcher: Agent, watch: Watch): Promise<OpenReply> {
  const { url, method, headers, body = null } = sent;
  const { signal } = watch;
  const { origin, pathname, search } = new URL(url);
  const path = `${pathname}${search}`;
  // `Watch` enforces the limits more exactly than undici, whose timers have a resolution of seconds.
  const noLimit = { headersTimeout: 0, bodyTimeout: 0 };
  try {
    const target = { origin, path, method };
    const reply = await dispatcher.request({ ...target, headers, body, signal, ...noLimit });
    watch.heard();
    const encoding = reply.headers['content-encoding'];
    const bytes = bytesOf(reply.body, encoding, () => watch.heard());
    return { status: reply.statusCode, headers: reply.headers, body: bytes };
  } catch (error) {
    throw isOurMistake(error) ? error : noReplyFrom(error);
  }
}

async function exchange(sent: HttpRequest, dispatcher: Agent, watch: Watch): Promise<HttpReply> {
  const reply = await opened(sent, dispatcher, watch);
  if (sent.take === undefined || !isSuccess(reply.status)) {
    return { ...reply, body: await textOf(reply.body) };
  }
  await sent.take(reply);
  return { ...reply, body: '' };
}

/**
 * Creates the HTTP client of the function. Repeatable requests share keep-alive connections. Other
 * requests do not: after a freeze between two flushes the server may have closed an old connection,
 * and a reset would leave it unknown whether a job was created. HTTP/2 is off for the same reason:
 * it would put every request on one connection.
 */
export function createSend(): Send {
  const connect = { timeout: 5_000 };
  const pooled = new Agent({ connect, allowH2: false, connections: 4, keepAliveTimeout: 4_000 });
  const single = new Agent({ connect, allowH2: false, pipelining: 0 });
  return async (sent) => {
    const watch = new Watch(sent);
    try {
      return await exchange(sent, sent.repeatable ? pooled : single, watch);
    } finally {
      watch.stop();
    }
  };
}
