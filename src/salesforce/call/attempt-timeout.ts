import type { TimeLimits } from '../../runtime/http/time-limits.ts';

/** What the time limits of one attempt depend on. */
export interface Attempt {
  /** Whether no attempt follows, so that no time has to be reserved for one. */
  readonly isLast: boolean;
  /** Milliseconds until the deadline of the call. */
  readonly leftMs: number;
  /** Maximum number of milliseconds for the whole exchange; null: unlimited while the body keeps arriving. */
  readonly longestMs: number | null;
}

/** Rounds a time limit up to whole milliseconds, at least 1: 0 would mean no limit. */
const whole = (ms: number): number => Math.max(1, Math.ceil(ms));

/**
 * Returns the time limits of one attempt. A silent server gets half of the time left, or all of it at
 * the last attempt, so that a lost connection leaves time for a retry.
 */
export function attemptTimeLimits({ isLast, leftMs, longestMs }: Attempt): Required<TimeLimits> {
  const silenceMs = isLast ? leftMs : leftMs / 2;
  if (longestMs === null) return { timeoutMs: whole(leftMs), silenceMs: whole(silenceMs) };
  const timeoutMs = whole(Math.min(silenceMs, longestMs));
  return { timeoutMs, silenceMs: timeoutMs };
}
