import type { ApiRequest } from './api-request.ts';
import type { Reply } from './reply.ts';

/** Bytes of the URI, and of the URI and the headers together (limits for API calls). */
const MOST_BYTES = 16_384;

/**
 * The reply to a call whose URI or headers are too long, which does not reach the API; null: they
 * are not. The HTML of a 414 is recorded by clients. assumption: head-size.
 */
export function refuseHead({ uriBytes, headBytes }: ApiRequest): Reply | null {
  if (uriBytes > MOST_BYTES) return badMessage(414, 'URI Too Long');
  if (headBytes > MOST_BYTES) return badMessage(431, 'Request Header Fields Too Large');
  return null;
}

function badMessage(status: number, reason: string): Reply {
  return {
    status,
    headers: { 'Content-Type': 'text/html;charset=iso-8859-1', Connection: 'close' },
    body: `<h1>Bad Message ${status}</h1><pre>reason: ${reason}</pre>`,
  };
}
