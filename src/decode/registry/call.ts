import { SinkError } from '../../errors.ts';
import {
  callWithRetries,
  type FailedCall,
  type RetryLimits,
} from '../../runtime/http/call-with-retries.ts';
import { jsonOf } from '../../runtime/http/json.ts';
import { NoReply } from '../../runtime/http/no-reply.ts';
import { isTransientStatus } from '../../runtime/http/retry.ts';
import { type HttpReply, isSuccess } from '../../runtime/http/send.ts';
import type { Runtime } from '../../runtime/runtime.ts';

/** The limits of a call, and the runtime to send it with. */
export interface CallBounds extends RetryLimits {
  readonly runtime: Runtime;
}

/** One GET. */
export interface RegistryCall {
  /** Without a trailing slash. */
  readonly url: string;
  /** Below the registry's URL: `/schemas/ids/7`. */
  readonly path: string;
  /** The value of the header; null when none is sent. */
  readonly authorization: string | null;
}

/** The timeout of one attempt, in milliseconds; a registry answers from memory. */
const attemptTimeoutMs = 10_000;

const remedies = {
  SCHEMA_REGISTRY_UNAVAILABLE:
    'Kafka redelivers the records. If it persists, check SCHEMA_REGISTRY_URL and the network path out of the VPC.',
  SCHEMA_REGISTRY_REFUSED:
    'Check SCHEMA_REGISTRY_URL, and schemaRegistryUser and schemaRegistryPassword in the secret.',
} as const;

/** A reply with an error status. */
class RefusedReply extends Error {
  override readonly name = 'RefusedReply';
  readonly reply: HttpReply;

  constructor(reply: HttpReply) {
    super(`answered ${reply.status}`);
    this.reply = reply;
  }
}

async function once(call: RegistryCall, { runtime, deadline }: CallBounds): Promise<HttpReply> {
  const { url, path, authorization } = call;
  const headers = {
    accept: 'application/vnd.schemaregistry.v1+json, application/json',
    ...(authorization === null ? {} : { authorization }),
  };
  const timeoutMs = Math.ceil(Math.min(attemptTimeoutMs, deadline.left())) || 1;
  const request = { method: 'GET', url: `${url}${path}`, headers, repeatable: true } as const;
  const reply = await runtime.send({ ...request, timeoutMs });
  if (isSuccess(reply.status) || reply.status === 404) return reply;
  throw new RefusedReply(reply);
}

/** The registry's error code, such as 40403; null when the body has none. */
export function errorCodeOf({ body }: HttpReply): number | null {
  const { error_code: code } = Object(jsonOf(body)) as { error_code?: unknown };
  return typeof code === 'number' ? code : null;
}

/** Omits the body, which may come from a proxy and name the user. */
function reasonOf(error: NoReply | RefusedReply): string {
  if (error instanceof NoReply) return `gave no reply: ${error.message}`;
  const errorCode = errorCodeOf(error.reply);
  return `${error.message}${errorCode === null ? '' : `, error code ${errorCode}`}`;
}

function failedCall({ path }: RegistryCall, error: NoReply | RefusedReply): FailedCall {
  const reply = error instanceof NoReply ? null : error.reply;
  const mayRetry = reply === null || isTransientStatus(reply.status);
  const code = mayRetry ? 'SCHEMA_REGISTRY_UNAVAILABLE' : 'SCHEMA_REGISTRY_REFUSED';
  const reason = reasonOf(error);
  return {
    reason,
    mayRetry,
    retryAfter: reply?.headers['retry-after'],
    error: (attempts) => {
      const times = attempts === 1 ? '' : ` (${attempts} attempts)`;
      return new SinkError(code, `GET ${path} ${reason}${times}. ${remedies[code]}`, {
        cause: reply === null ? error : undefined,
        status: reply?.status ?? null,
      });
    },
  };
}

/**
 * Sends a GET and retries it until the registry answers 2xx or 404, answers with a permanent error,
 * or the attempts or the deadline run out. Throws `SCHEMA_REGISTRY_UNAVAILABLE`,
 * `SCHEMA_REGISTRY_REFUSED` or `DEADLINE_REACHED`.
 */
export function get(call: RegistryCall, bounds: CallBounds): Promise<HttpReply> {
  const isFailure = (error: unknown) => error instanceof NoReply || error instanceof RefusedReply;
  return callWithRetries(
    {
      name: `GET ${call.path}`,
      once: () => once(call, bounds),
      failed: (error) => (isFailure(error) ? failedCall(call, error) : null),
    },
    bounds,
  );
}
