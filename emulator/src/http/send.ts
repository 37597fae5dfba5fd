import type { ServerResponse } from 'node:http';
import { gzipSync, constants as zlib } from 'node:zlib';
import type { Reply } from './reply.ts';

/** Headers of every recorded reply. */
const ALWAYS = {
  'Strict-Transport-Security': 'max-age=63072000; includeSubDomains',
  'X-Content-Type-Options': 'nosniff',
  'X-XSS-Protection': '1; mode=block',
  'X-Robots-Tag': 'none',
  'Cache-Control': 'no-cache,must-revalidate,max-age=0,no-store,private',
} as const;

/** Over the loopback, less work is worth more than fewer bytes. */
const quickly = { level: zlib.Z_BEST_SPEED };

/** Sends a reply, compressed if the client accepts it (guide, "Headers"). */
export function send(response: ServerResponse, reply: Reply): void {
  const body = writeHead(response, reply);
  response.end(body.length === 0 ? undefined : body);
}

/**
 * Sends the headers and half of the body, then closes the connection. For a reply without a body,
 * resets the connection instead.
 */
export function sendHalf(response: ServerResponse, reply: Reply): void {
  if (reply.body === '') {
    response.socket?.resetAndDestroy();
    return;
  }
  const body = writeHead(response, reply);
  response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.destroy());
}

/** Writes status and headers; returns the encoded body. */
function writeHead(response: ServerResponse, { status, headers, body }: Reply): Buffer {
  const compressed =
    body !== '' && /\bgzip\b/.test(String(response.req.headers['accept-encoding']));
  const bytes = compressed ? gzipSync(body, quickly) : Buffer.from(body);
  response.writeHead(status, {
    ...ALWAYS,
    ...headers,
    ...(body === '' ? {} : { Vary: 'Accept-Encoding' }),
    ...(compressed ? { 'Content-Encoding': 'gzip' } : {}),
    ...(status === 204 || status === 304 ? {} : { 'Content-Length': String(bytes.length) }),
  });
  return bytes;
}
