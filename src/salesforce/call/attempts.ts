import { type ErrorCode, SinkError } from '../../errors.ts';
import {
  callWithRetries,
  type FailedCall,
  type RetriedCall,
  type RetryLimits,
} from '../../runtime/http/call-with-retries.ts';
import { NoReply } from '../../runtime/http/no-reply.ts';
import { type HttpReply, type HttpRequest, isSuccess } from '../../runtime/http/send.ts';
import type { TimeLimits } from '../../runtime/http/time-limits.ts';
import type { Log } from '../../runtime/log.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { attemptTimeLimits } from './attempt-timeout.ts';
import {
  AttemptFailed,
  type Failure,
  failureOfNoReply,
  failureOfStatus,
  type Quoting,
} from './failure.ts';
import { remedyFor } from './remedies.ts';

/** A call's name in errors, and when it may be retried. */
export interface Call {
  /** Such as `POST /services/data/v65.0/jobs/ingest`, with the job id if there is one. */
  readonly name: string;
  /**
   * `always`: after any transient failure. `if-probably-not-processed`, `if-not-processed`: only if the server is
   * unlikely to have processed the request, or cannot have. `never`: the caller decides.
   */
  readonly repeat: 'always' | 'if-probably-not-processed' | 'if-not-processed' | 'never';
  /** Error code to use if the server may have processed the request. */
  readonly unknownOutcome?: ErrorCode;
  /** What to do about a failure; null: the general remedy of its code. */
  readonly remedy?: (failure: Failure) => string | null;
}

/** The limits of a call's attempts. */
export interface Bounds extends RetryLimits {
  readonly runtime: Runtime;
  /** Time limit of one attempt in milliseconds, except for streamed bodies. */
  readonly attemptTimeoutMs: number;
  readonly log: Log;
}

/**
 * Sends a request once and returns its reply, whatever its status. A streamed body is limited by the
 * deadline only, while it keeps arriving. Throws `AttemptFailed`, and what `HttpRequest.take` throws.
 */
export async function sendOnce(
  request: Omit<HttpRequest, keyof TimeLimits>,
  { runtime, deadline, attemptTimeoutMs }: Bounds,
  isLast: boolean,
): Promise<HttpReply> {
  const longestMs = request.take === undefined ? attemptTimeoutMs : null;
  try {
    const limits = attemptTimeLimits({ isLast, leftMs: deadline.left(), longestMs });
    return await runtime.send({ ...request, ...limits });
  } catch (error) {
    throw error instanceof NoReply ? new AttemptFailed(failureOfNoReply(error)) : error;
  }
}

/**
 * Returns a successful reply. Throws `AttemptFailed` for any other status, without what must not be
 * quoted of the reply.
 */
export function requireSuccess(reply: HttpReply, quoting: Quoting): HttpReply {
  if (isSuccess(reply.status)) return reply;
  throw new AttemptFailed(failureOfStatus(reply, quoting));
}

/** For each policy, the values of `processed` after which a retry is allowed. */
const repeatable: Readonly<Record<Call['repeat'], readonly Failure['processed'][]>> = {
  always: ['no', 'unlikely', 'possibly'],
  'if-probably-not-processed': ['no', 'unlikely'],
  'if-not-processed': ['no'],
  never: [],
};

/** Whether a failed call may be sent again, given what the server may have done. */
export const isSafeToResend = ({ repeat }: Pick<Call, 'repeat'>, { processed }: Failure): boolean =>
  processed === 'no' || repeatable[repeat].includes(processed);

const shouldRetry = ({ repeat }: Call, { isTransient, processed }: Failure): boolean =>
  isTransient && repeatable[repeat].includes(processed);

/** Turns a failed attempt into what the retries of its call need. */
function failedCall(call: Call, failure: Failure): FailedCall {
  const isUnknown = !isSafeToResend(call, failure);
  const code = (isUnknown ? call.unknownOutcome : undefined) ?? failure.code;
  const remedy = call.remedy?.(failure) ?? remedyFor(code, failure);
  const { cause, errorCode, status, retryAfter, what: reason } = failure;
  return {
    reason,
    retryAfter,
    mayRetry: shouldRetry(call, failure),
    error: (count, retryAfterMs) => {
      const times = count === 1 ? '' : ` (${count} attempts)`;
      const message = `${call.name} ${reason}${times}. ${remedy}`.trim();
      return new SinkError(code, message, { cause, errorCode, status, retryAfterMs });
    },
  };
}

/**
 * Runs a call until it succeeds, fails permanently, or runs out of attempts or time. `once` gets
 * whether this is the last attempt, as it always is for a call that is not retried after a timeout.
 * Throws `DEADLINE_REACHED`, the failure's code, and what else `once` throws.
 */
export function withRetries<T>(
  call: Call,
  bounds: Bounds,
  once: (isLast: boolean) => Promise<T>,
): Promise<T> {
  const { maxRetries, log } = bounds;
  const retried: RetriedCall<T> = {
    name: call.name,
    once: (attempt) => once(attempt > maxRetries || call.repeat !== 'always'),
    failed: (error) => (error instanceof AttemptFailed ? failedCall(call, error.failure) : null),
    onRetry: ({ delayMs, ...retry }) =>
      log.warn('call repeated', { call: call.name, ...retry, next_wait_ms: delayMs }),
  };
  return callWithRetries(retried, bounds);
}
