import { type ErrorCode, SinkError } from '../../errors.ts';
import type { Deadline } from '../../runtime/deadline.ts';
import { NoReply } from '../../runtime/http/no-reply.ts';
import { retryAfterMs, retryDelay, retryPolicy } from '../../runtime/http/retry.ts';
import { type HttpReply, type HttpRequest, isSuccess } from '../../runtime/http/send.ts';
import type { TimeLimits } from '../../runtime/http/time-limits.ts';
import type { Log } from '../../runtime/log.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { attemptTimeLimits } from './attempt-timeout.ts';
import { AttemptFailed, type Failure, failureOfNoReply, failureOfStatus } from './failure.ts';
import { remedyFor } from './remedies.ts';

/** how a call is named in errors, and when it may be sent again. */
export interface Call {
  /** `POST /services/data/v65.0/jobs/ingest`, with the job's id where there is one. */
  readonly name: string;
  /**
   * `always`: any passing failure. `if-hardly-acted`, `if-not-acted`: only when the server can
   * hardly, or cannot, have acted on it. `never`: the caller knows better what to do.
   */
  readonly repeat: 'always' | 'if-hardly-acted' | 'if-not-acted' | 'never';
  /** The code of the error when the server may have acted, instead of the failure's own. */
  readonly unknownOutcome?: ErrorCode;
  /** What to do, by Salesforce's error code; the failure's own code decides where it is silent. */
  readonly remedy?: (failure: Failure) => string | null;
}

/** What bounds the attempts of a call. */
export interface Bounds {
  readonly runtime: Runtime;
  readonly maxRetries: number;
  readonly deadline: Deadline;
  /** The longest that one attempt of an ordinary call may take, in milliseconds. */
  readonly attemptTimeoutMs: number;
  readonly log: Log;
}

/** Fails when there is no time left to begin `what`. Throws `DEADLINE_REACHED`. */
export function needTime(deadline: Deadline, what: string): void {
  if (deadline.left() > 0) return;
  throw new SinkError(
    'DEADLINE_REACHED',
    `No time was left for ${what}. Give the function a longer time-out, or make its batches smaller.`,
  );
}

/**
 * Sends a request once and gives its reply, whatever its status. One that takes the body itself is
 * cut by the deadline only, as long as the body keeps arriving. Throws `AttemptFailed`, and what
 * `HttpRequest.take` throws.
 */
export async function attempt(
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
 * Lets replies of success through. Throws `AttemptFailed` for every other status; should the reply
 * repeat one of the `secrets`, it is taken out.
 */
export function succeeded(reply: HttpReply, secrets: readonly string[]): HttpReply {
  if (isSuccess(reply.status)) return reply;
  throw new AttemptFailed(failureOfStatus(reply, secrets));
}

/** What the server may at most have done, for a call to be sent again. */
const repeatable: Readonly<Record<Call['repeat'], readonly Failure['acted'][]>> = {
  always: ['no', 'hardly', 'perhaps'],
  'if-hardly-acted': ['no', 'hardly'],
  'if-not-acted': ['no'],
  never: [],
};

/** Says whether a failed call may go out once more, as far as the server may have acted on it. */
export const mayResend = ({ repeat }: Pick<Call, 'repeat'>, { acted }: Failure): boolean =>
  acted === 'no' || repeatable[repeat].includes(acted);

const mayRepeat = ({ repeat }: Call, { isTransient: passing, acted }: Failure): boolean =>
  passing && repeatable[repeat].includes(acted);

/** One failed attempt and its number. */
interface LastAttempt {
  readonly failure: Failure;
  readonly attempts: number;
  readonly retryAfter: number | null;
}

function sinkError(call: Call, { failure, attempts, retryAfter }: LastAttempt): SinkError {
  const { acted } = failure;
  const open = !repeatable[call.repeat].includes(acted) && acted !== 'no';
  const unknown = open ? call.unknownOutcome : undefined;
  const code = unknown ?? failure.code;
  const times = attempts === 1 ? '' : ` (${attempts} attempts)`;
  const remedy = call.remedy?.(failure) ?? remedyFor(code, failure);
  return new SinkError(code, `${call.name} ${failure.what}${times}. ${remedy}`.trim(), {
    cause: failure.cause,
    errorCode: failure.errorCode,
    status: failure.status,
    retryAfterMs: retryAfter,
  });
}

/**
 * Runs a call until it succeeds, fails for good, or attempts or time run out. `once` is told whether
 * it is the last attempt, as it is for a call that is not sent again after a silence.
 * Throws `DEADLINE_REACHED` or the failure's code; `once` may throw errors of its own.
 */
export async function attempts<T>(
  call: Call,
  bounds: Bounds,
  once: (isLast: boolean) => Promise<T>,
): Promise<T> {
  const { runtime, deadline, maxRetries, log } = bounds;
  for (let attempt = 1; ; attempt++) {
    needTime(deadline, call.name);
    try {
      return await once(attempt > maxRetries || call.repeat !== 'always');
    } catch (error) {
      if (!(error instanceof AttemptFailed)) throw error;
      const { failure } = error;
      const retryAfter = retryAfterMs(failure.retryAfter, runtime.clock.now());
      const state = { retryAfterMs: retryAfter, timeLeftMs: deadline.left() };
      const policy = { ...retryPolicy, maxRetries };
      const delay = retryDelay(policy, { attempt, ...state, random: runtime.random() });
      if (delay === null || !mayRepeat(call, failure)) {
        throw sinkError(call, { failure, attempts: attempt, retryAfter });
      }
      const { what: reason } = failure;
      log.warn('call repeated', { call: call.name, reason, attempt, next_wait_ms: delay });
      await runtime.clock.sleep(delay);
    }
  }
}
