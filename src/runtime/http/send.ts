import { Agent, errors, request } from 'undici';
import { type Bytes, bytesOf, textOf } from './body.ts';
import { noReplyFrom } from './no-reply.ts';
import { type TimeLimits, Watch } from './time-limits.ts';

/** A reply whose body is still arriving. */
export interface OpenReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** To be read to its end, once. Throws `NoReply` when it is cut off. */
  readonly body: Bytes;
}

/** The whole reply, read to its end. */
export interface HttpReply extends Omit<OpenReply, 'body'> {
  /** Empty where `HttpRequest.take` has read it. */
  readonly body: string;
}

/** One HTTP request, ready to go out. */
export interface HttpRequest extends TimeLimits {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** False where a lost reply leaves open what happened: then it gets a connection of its own. */
  readonly repeatable: boolean;
  /**
   * Reads the body of a reply of success as it arrives, so that nobody holds the whole of it. What
   * it throws, the request throws.
   */
  readonly take?: (reply: OpenReply) => Promise<void>;
}

/** Sends one request once; redirects are replies like any other. Throws `NoReply`. */
export type Send = (request: HttpRequest) => Promise<HttpReply>;

/** Says whether the server did what it was asked. */
export const isSuccess = (status: number): boolean => status >= 200 && status < 300;

/** Only what the network or the other side does; a mistake in a call of ours flies on. */
const isOurMistake = (error: unknown): boolean =>
  error instanceof errors.InvalidArgumentError ||
  error instanceof TypeError ||
  error instanceof RangeError;

/** Sends a request and gives its reply as soon as the headers are there. */
async function opened(sent: HttpRequest, dispatcher: Agent, watch: Watch): Promise<OpenReply> {
  const { url, method, headers, body = null } = sent;
  const { signal } = watch;
  // The watch bounds the time, more exactly than undici, whose timers count in seconds.
  const noLimit = { headersTimeout: 0, bodyTimeout: 0 };
  try {
    const reply = await request(url, { dispatcher, method, headers, body, signal, ...noLimit });
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
 * Makes the one place that speaks HTTP. Repeatable requests share kept-alive connections. The
 * others do not: a function that was frozen between two flushes may find its old connections
 * closed by the other side, and a reset there would leave open whether a job was created. HTTP/2
 * is off for the same reason: it puts every request on one connection, whatever an agent is told.
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
