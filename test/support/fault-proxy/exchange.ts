import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { SeenCall } from './fault.ts';
import type { WholeRequest } from './forward.ts';
import type { Identify } from './identify.ts';
import { stepOf } from './step.ts';

/** One call, and what has become of it. */
export interface Exchange {
  readonly request: WholeRequest;
  readonly response: ServerResponse;
  readonly seen: { -readonly [Key in keyof SeenCall]: SeenCall[Key] };
}

/** Reads a request to its end; null when the client went away first. */
export async function readExchange(
  message: IncomingMessage,
  response: ServerResponse,
  identify: Identify,
): Promise<Exchange | null> {
  const body = await buffer(message).catch(() => null);
  if (body === null) return null;
  const { method = 'GET', url: path = '/', headers } = message;
  const target = headers['x-amz-target'];
  const call = {
    method,
    path,
    target: typeof target === 'string' ? target : null,
    body: body.toString('utf8'),
  };
  const client = await identify(message.socket);
  const seen = { ...call, client, step: stepOf(call), targetStatus: null, fault: null };
  return { request: { method, path, headers, body }, response, seen };
}
