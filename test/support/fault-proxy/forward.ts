import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { type Dispatcher, request } from 'undici';

/** A request that was read to its end. */
export interface WholeRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** A reply that was read to its end. */
export interface WholeReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: Buffer;
}

/** Headers of one connection, which a proxy does not pass on (RFC 9110, section 7.6.1). */
const ofOneConnection = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'transfer-encoding',
]);

/** Where requests go. */
export interface Target {
  /** Without a slash at the end. */
  readonly url: string;
  readonly dispatcher: Dispatcher;
}

/** Sends a request to the target; body and status come back as the target gave them. */
export async function forward(
  { method, path, headers, body }: WholeRequest,
  { url, dispatcher }: Target,
): Promise<WholeReply> {
  const reply = await request(`${url}${path}`, {
    method: method as Dispatcher.HttpMethod,
    headers: passedOn(headers),
    body: body.length === 0 ? null : body,
    dispatcher,
  });
  return {
    status: reply.statusCode,
    headers: passedOn(reply.headers),
    body: Buffer.from(await reply.body.arrayBuffer()),
  };
}

function passedOn(headers: IncomingHttpHeaders): Record<string, string | string[]> {
  const kept: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && !ofOneConnection.has(name)) kept[name] = value;
  }
  return kept;
}

/** The request without leave to compress, so that the reply can be rewritten. */
export function uncompressed(request: WholeRequest): WholeRequest {
  return { ...request, headers: { ...request.headers, 'accept-encoding': 'identity' } };
}

/** A JSON reply with `to` in place of every `from`; any other reply, or a compressed one, as it is. */
export function rewritten(reply: WholeReply, from: string, to: string): WholeReply {
  const { 'content-type': type, 'content-encoding': encoding } = reply.headers;
  if (!/\bjson\b/.test(String(type)) || (encoding ?? 'identity') !== 'identity') return reply;
  return { ...reply, body: Buffer.from(reply.body.toString('utf8').replaceAll(from, to)) };
}

/** Sends a reply as it is, and resolves when it has gone out, or the client has gone away. */
export async function sendReply(
  response: ServerResponse,
  { status, headers, body }: WholeReply,
): Promise<void> {
  const length = status === 204 || status === 304 ? {} : { 'content-length': body.length };
  const gone = new Promise<void>((done) => response.once('close', done));
  response.writeHead(status, { ...headers, ...length }).end(body);
  await gone;
}
