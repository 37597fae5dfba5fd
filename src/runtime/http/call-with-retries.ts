import { SinkError } from '../../errors.ts';
import type { Clock, Deadline } from '../deadline.ts';
import { retryAfterMs, retryDelay } from './retry.ts';

/** The limits of a call's attempts. */
export interface RetryLimits {
  readonly runtime: { readonly clock: Clock; readonly random: () => number };
  readonly maxRetries: number;
  readonly deadline: Deadline;
}

/** A failed attempt, as far as a retry depends on it. */
export interface FailedCall {
  /** One sentence part, such as `gave no reply: ECONNRESET`. */
  readonly reason: string;
  readonly mayRetry: boolean;
  /** The reply's `Retry-After` header. */
  readonly retryAfter: string | string[] | undefined;
  /** Creates the error to throw if there is no further attempt. */
  readonly error: (attempts: number, retryAfterMs: number | null) => SinkError;
}

/** A call that may be sent several times. */
export interface RetriedCall<T> {
  /** Its name in errors, such as `GET /schemas/ids/7`. */
  readonly name: string;
  /** Sends it once; `attempt` is 1 for the first. */
  readonly once: (attempt: number) => Promise<T>;
  /** Reads an error of `once`; null: it is thrown unchanged. */
  readonly failed: (error: unknown) => FailedCall | null;
  readonly onRetry?: (retry: {
    readonly reason: string;
    readonly attempt: number;
    readonly delayMs: number;
  }) => void;
}

/** Throws `DEADLINE_REACHED` if no time is left to start `what`. */
export function requireTime(deadline: Deadline, what: string): void {
  if (deadline.left() > 0) return;
  throw new SinkError(
    'DEADLINE_REACHED',
    `No time was left for ${what}. Give the function a longer timeout, or make its batches smaller.`,
  );
}

/**
 * Runs a call until it succeeds, fails permanently, or runs out of attempts or time. Throws
 * `DEADLINE_REACHED`, and as `RetriedCall.failed` says.
 */
export async function callWithRetries<T>(
  { name, once, failed, onRetry }: RetriedCall<T>,
  { runtime, deadline, maxRetries }: RetryLimits,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    requireTime(deadline, name);
    try {
      return await once(attempt);
    } catch (error) {
      const failure = failed(error);
      if (failure === null) throw error;
      const retryAfter = retryAfterMs(failure.retryAfter, runtime.clock.now());
      const delay = retryDelay({
        attempt,
        maxRetries,
        retryAfterMs: retryAfter,
        timeLeftMs: deadline.left(),
        random: runtime.random(),
      });
      if (delay === null || !failure.mayRetry) throw failure.error(attempt, retryAfter);
      onRetry?.({ reason: failure.reason, attempt, delayMs: delay });
      await runtime.clock.sleep(delay);
    }
  }
}
