import type { ErrorCode } from '../../errors.ts';
import type { NoReply } from '../../runtime/http/no-reply.ts';
import { isTransientStatus } from '../../runtime/http/retry.ts';
import type { HttpReply } from '../../runtime/http/send.ts';
import { errorBody } from './error-body.ts';

/** A failed attempt. */
export interface Failure {
  readonly code: ErrorCode;
  /** A predicate: `answered 503 SERVER_UNAVAILABLE: …` or `gave no reply: ECONNRESET`. */
  readonly what: string;
  readonly status: number | null;
  /** Salesforce's own code, such as `INVALID_SESSION_ID` or `invalid_client`. */
  readonly errorCode: string | null;
  /** Whether a retry may succeed. */
  readonly isTransient: boolean;
  /**
   * Whether the server may have processed the request. `no`: it never got it, or replied 429.
   * `unlikely`: it replied 408 or 503, which some gateways also do for a request that went through.
   */
  readonly processed: 'no' | 'unlikely' | 'possibly';
  readonly retryAfter: string | string[] | undefined;
  readonly cause: unknown;
}

/** Thrown for one failed attempt; the caller decides about a retry. */
export class AttemptFailed extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.what, { cause: failure.cause });
    this.name = 'AttemptFailed';
    this.failure = failure;
  }
}

/** Codes of exhausted limits: a retry would only use up more. */
const limitCodes: ReadonlySet<string> = new Set([
  'REQUEST_LIMIT_EXCEEDED',
  'LOGIN_RATE_EXCEEDED',
  'EXCEEDEDQUOTA',
  'rate_limit_exceeded',
]);

function processedAfter(status: number): Failure['processed'] {
  if (status === 408 || status === 503) return 'unlikely';
  return status >= 500 ? 'possibly' : 'no';
}

/** Maximum number of characters of Salesforce's message in an error. */
const longestMessage = 300;

/** Removes secrets from a text, plain and URL-encoded, then truncates it. */
function withoutSecrets(words: string, secrets: readonly string[]): string {
  const spellings = secrets
    .map((secret) => secret.toWellFormed())
    .flatMap((secret) => [
      secret,
      encodeURIComponent(secret),
      new URLSearchParams([['', secret]]).toString().slice(1),
    ]);
  return spellings.reduce((rest, one) => rest.replaceAll(one, '…'), words).slice(0, longestMessage);
}

function codeOf(status: number, errorCode: string | null): ErrorCode {
  if (errorCode !== null && limitCodes.has(errorCode)) return 'SALESFORCE_LIMIT';
  if (status === 401) return 'SESSION_REFUSED';
  const isOffForAWhile = errorCode === 'API_CURRENTLY_DISABLED';
  return isTransientStatus(status) || isOffForAWhile
    ? 'SALESFORCE_UNAVAILABLE'
    : 'SALESFORCE_REFUSED';
}

/** What an error must not quote of a reply. */
export interface Quoting {
  /** Texts that are removed from Salesforce's message. */
  readonly secrets: readonly string[];
  /** Whether the message may quote values of records, and is left out altogether. */
  readonly quotesValues?: boolean;
}

/** Turns a reply with an error status into a failure, without what must not be quoted of it. */
export function failureOfStatus(
  { status, body, headers }: HttpReply,
  { secrets, quotesValues = false }: Quoting,
): Failure {
  const { errorCode, message } = errorBody(body);
  const code = codeOf(status, errorCode);
  const quoted = quotesValues ? null : message;
  const words = [errorCode, quoted].filter((part) => part !== null).join(': ');
  const detail = withoutSecrets(words, secrets);
  return {
    code,
    what: `answered ${status}${detail === '' ? ' without a reason' : ` ${detail}`}`,
    status,
    errorCode: errorCode?.slice(0, 80) ?? null,
    isTransient: code === 'SALESFORCE_UNAVAILABLE',
    processed: processedAfter(status),
    retryAfter: headers['retry-after'],
    cause: undefined,
  };
}

const noStatus = { errorCode: null, isTransient: true, retryAfter: undefined } as const;

/** Turns a missing reply into a failure. */
export function failureOfNoReply(error: NoReply): Failure {
  return {
    ...noStatus,
    code: 'SALESFORCE_UNREACHABLE',
    what: `gave no reply: ${error.message}`,
    status: null,
    processed: error.mayHaveArrived ? 'possibly' : 'no',
    cause: error,
  };
}

/**
 * Turns an unreadable reply with a success status into a failure. The parser's error is not kept as
 * the cause: it quotes the reply, which may hold a token.
 */
export function failureOfReply({ status }: Pick<HttpReply, 'status'>, expected: string): Failure {
  return {
    ...noStatus,
    code: 'SALESFORCE_REPLY_INVALID',
    what: `answered ${status} with something other than ${expected}`,
    status,
    processed: 'possibly',
    cause: undefined,
  };
}
