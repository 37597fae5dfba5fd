import { type ErrorCode, SinkError } from '../../errors.ts';
import type { Deadline } from '../../runtime/deadline.ts';
import { NoReply } from '../../runtime/http/no-reply.ts';
import {
  isTransientStatus,
  retryAfterMs,
  retryDelay,
  retryPolicy,
} from '../../runtime/http/retry.ts';
import type { HttpReply } from '../../runtime/http/send.ts';
import type { Runtime } from '../../runtime/runtime.ts';

/** The limits of a call, and the runtime to send it with. */
export interface CallBounds {
  readonly runtime: Runtime;
  readonly maxRetries: number;
  readonly deadline: Deadline;
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

/** The outcome of one attempt. */
type Outcome = HttpReply | NoReply;

const remedies: Partial<Record<ErrorCode, string>> = {
  SCHEMA_REGISTRY_UNAVAILABLE:
    'Kafka redelivers the records. If it persists, check SCHEMA_REGISTRY_URL and the network path out of the VPC.',
  SCHEMA_REGISTRY_REFUSED:
    'Check SCHEMA_REGISTRY_URL, and schemaRegistryUser and schemaRegistryPassword in the secret.',
};

async function once(call: RegistryCall, { runtime, deadline }: CallBounds): Promise<Outcome> {
  const { url, path, authorization } = call;
  const headers = {
    accept: 'application/vnd.schemaregistry.v1+json, application/json',
    ...(authorization === null ? {} : { authorization }),
  };
  try {
    const timeoutMs = Math.ceil(Math.min(attemptTimeoutMs, deadline.left())) || 1;
    const request = { method: 'GET', url: `${url}${path}`, headers, repeatable: true } as const;
    return await runtime.send({ ...request, timeoutMs });
  } catch (error) {
    if (error instanceof NoReply) return error;
    throw error;
  }
}

/** Parses the body of a reply; null when it is not JSON. */
export function jsonBodyOf({ body }: HttpReply): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

/** The registry's error code, such as 40403; null when the body has none. */
export function errorCodeOf(reply: HttpReply): number | null {
  const { error_code: code } = Object(jsonBodyOf(reply)) as { error_code?: unknown };
  return typeof code === 'number' ? code : null;
}

/** Omits the body, which may come from a proxy and name the user. */
function failure(call: RegistryCall, outcome: Outcome, attempts: number): SinkError {
  const silent = outcome instanceof NoReply;
  const isTransient = silent || isTransientStatus(outcome.status);
  const code = isTransient ? 'SCHEMA_REGISTRY_UNAVAILABLE' : 'SCHEMA_REGISTRY_REFUSED';
  const errorCode = silent ? null : errorCodeOf(outcome);
  const answer = silent
    ? `gave no reply: ${outcome.message}`
    : `answered ${outcome.status}${errorCode === null ? '' : `, error code ${errorCode}`}`;
  const times = attempts === 1 ? '' : ` (${attempts} attempts)`;
  return new SinkError(code, `GET ${call.path} ${answer}${times}. ${remedies[code]}`, {
    cause: silent ? outcome : undefined,
    status: silent ? null : outcome.status,
  });
}

function checkDeadline(deadline: Deadline, { path }: RegistryCall): void {
  if (deadline.left() > 0) return;
  throw new SinkError(
    'DEADLINE_REACHED',
    `No time was left for GET ${path}. Give the function a longer timeout, or make its batches smaller.`,
  );
}

/**
 * Sends a GET and retries it until the registry answers 2xx or 404, answers with a permanent error,
 * or the attempts or the deadline run out. Throws `SCHEMA_REGISTRY_UNAVAILABLE`,
 * `SCHEMA_REGISTRY_REFUSED` or `DEADLINE_REACHED`.
 */
export async function get(call: RegistryCall, bounds: CallBounds): Promise<HttpReply> {
  const { runtime, deadline, maxRetries } = bounds;
  const policy = { ...retryPolicy, maxRetries };
  for (let attempt = 1; ; attempt++) {
    checkDeadline(deadline, call);
    const outcome = await once(call, bounds);
    const silent = outcome instanceof NoReply;
    if (!silent && (outcome.status === 404 || Math.floor(outcome.status / 100) === 2)) {
      return outcome;
    }
    const retryAfter = silent ? undefined : outcome.headers['retry-after'];
    const delay = retryDelay(policy, {
      attempt,
      retryAfterMs: retryAfterMs(retryAfter, runtime.clock.now()),
      timeLeftMs: deadline.left(),
      random: runtime.random(),
    });
    const isRetryable = silent || isTransientStatus(outcome.status);
    if (delay === null || !isRetryable) throw failure(call, outcome, attempt);
    await runtime.clock.sleep(delay);
  }
}
