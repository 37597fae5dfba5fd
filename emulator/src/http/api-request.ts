import type { IncomingMessage } from 'node:http';
import { gunzipSync, inflateSync } from 'node:zlib';

/** A call with its complete body. */
export interface ApiRequest {
  readonly method: string;
  /** Without query, without a trailing slash; several slashes are one. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** As sent. */
  readonly body: Buffer;
  /** Such as `http://127.0.0.1:4010`, as the client sees the server. */
  readonly origin: string;
  /** Size of path and query as sent. */
  readonly uriBytes: number;
  /** Size of the request line and the headers. */
  readonly headBytes: number;
}

/**
 * Reads a call.
 * @throws Error when the client closes the connection first.
 */
export async function readRequest(message: IncomingMessage): Promise<ApiRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(message.headers)) headers[name] = String(value);
  const origin = `http://${headers['host'] ?? 'localhost'}`;
  const url = new URL(origin + singleSlashes(message.url ?? '/'));
  return {
    method: message.method ?? 'GET',
    path: url.pathname.replace(/(?<=.)\/+$/, ''),
    query: url.searchParams,
    headers,
    body: Buffer.concat(chunks),
    origin,
    uriBytes: Buffer.byteLength(message.url ?? '', 'latin1'),
    headBytes: headSize(message),
  };
}

/**
 * Several slashes in a row as one: clients append paths to an instance URL that ends with a slash.
 * Only of the path, since a query may hold a URL. assumption: repeated-slashes.
 */
function singleSlashes(target: string): string {
  const [path = '', ...query] = target.split('?');
  return [path.replace(/\/{2,}/g, '/'), ...query].join('?');
}

function headSize({ method = '', url = '', httpVersion, rawHeaders }: IncomingMessage): number {
  // Each name is followed by a colon and a space, each value by a line break.
  const headers = rawHeaders.reduce((sum, text) => sum + text.length + 2, 0);
  return `${method} ${url} HTTP/${httpVersion}\r\n\r\n`.length + headers;
}

/** The content type without its parameters, in lower case; empty: none. */
export function mediaType(request: ApiRequest): string {
  return (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}

/** The body as text, decompressed; null: unknown or invalid compression. */
export function bodyText(request: ApiRequest): string | null {
  const encoding = request.headers['content-encoding']?.toLowerCase() ?? 'identity';
  try {
    if (encoding === 'gzip') return gunzipSync(request.body).toString('utf8');
    if (encoding === 'deflate') return inflateSync(request.body).toString('utf8');
  } catch {
    return null;
  }
  return encoding === 'identity' ? request.body.toString('utf8') : null;
}
