import type { TimeLimits } from '../../runtime/http/time-limits.ts';

/** One attempt of a call, as far as its time limits depend on it. */
export interface Attempt {
  /** Whether a failure of it would be the end, so that no time has to be left for another one. */
  readonly isLast: boolean;
  /** Until the deadline of the call, in milliseconds. */
  readonly leftMs: number;
  /** The most milliseconds for the whole exchange; null: as long as the body keeps arriving. */
  readonly longestMs: number | null;
}

/** A time-out that the HTTP client takes: whole, and never 0, which would be none. */
const whole = (ms: number): number => Math.max(1, Math.ceil(ms));

/**
 * Says how long one attempt may take. A silent server gets half of the time left, and all of it at
 * the last attempt: whatever can be read within the deadline is read, and a lost connection leaves
 * time for another.
 */
export function attemptTimeLimits({ isLast, leftMs, longestMs }: Attempt): Required<TimeLimits> {
  const silenceMs = isLast ? leftMs : leftMs / 2;
  if (longestMs === null) return { timeoutMs: whole(leftMs), silenceMs: whole(silenceMs) };
  const timeoutMs = whole(Math.min(silenceMs, longestMs));
  return { timeoutMs, silenceMs: timeoutMs };
}
