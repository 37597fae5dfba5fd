/** No complete reply arrived: the connection was refused, reset, truncated, or silent for too long. */
export class NoReply extends Error {
  /** False only when the request cannot have reached the server. */
  readonly mayHaveArrived: boolean;

  constructor(message: string, details: { mayHaveArrived: boolean; cause: unknown }) {
    super(message, { cause: details.cause });
    this.name = 'NoReply';
    this.mayHaveArrived = details.mayHaveArrived;
  }
}

/** An exchange that exceeded a time limit; the message says what did not arrive. */
export class TimedOut extends Error {
  override readonly name = 'TimedOut';
}

/** Error codes of a connection that was never established, or whose certificate was rejected before
 * any request. */
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

/** Turns an error of the network, the HTTP client or zlib into `NoReply`. */
export function noReplyFrom(error: unknown): NoReply {
  const code = codeOf(error);
  const what = error instanceof TimedOut ? error.message : (code ?? 'the connection broke');
  const mayHaveArrived = code === null || !neverConnected.has(code);
  // Only the name: undici's parser error contains the raw reply, which may hold a token.
  const cause = new Error(
    error instanceof Error ? `${error.name} ${code ?? ''}`.trim() : 'unknown',
  );
  return new NoReply(what, { mayHaveArrived, cause });
}
