/** The reply to a call. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Empty: no body. */
  readonly body: string;
}

/** The content type of every JSON reply (recorded). */
const JSON_TYPE = 'application/json;charset=UTF-8';

/** A JSON reply, without properties that are `undefined`. */
export function jsonReply(body: unknown, status = 200): Reply {
  return { status, headers: { 'Content-Type': JSON_TYPE }, body: JSON.stringify(body) ?? '' };
}

/** A reply without a body and without a content type (recorded). */
export function emptyReply(status: number): Reply {
  return { status, headers: {}, body: '' };
}

/** A results file (recorded headers). */
export function csvReply(body: string): Reply {
  return { status: 200, headers: { 'Content-Type': 'text/csv' }, body };
}

/** A reply with further or replaced headers. */
export function withHeaders(reply: Reply, headers: Readonly<Record<string, string>>): Reply {
  return { ...reply, headers: { ...reply.headers, ...headers } };
}
