/** How often and how patiently one call is sent again. */
export interface RetryPolicy {
  /** Beyond the first attempt. */
  readonly maxRetries: number;
  readonly firstDelayMs: number;
  readonly maxDelayMs: number;
}

/** The retries of every call to Salesforce; `SALESFORCE_MAX_RETRIES` sets how many. */
export const retryPolicy = { firstDelayMs: 500, maxDelayMs: 20_000 } as const;

/** Statuses that pass by themselves. Source: docs/DESIGN.md, "Retries". */
const passingStatuses: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504]);

/** Says whether a status may be gone at the next attempt. */
export function isTransientStatus(status: number): boolean {
  return passingStatuses.has(status);
}

/** One failed attempt of a call. */
export interface FailedAttempt {
  /** 1 for the first. */
  readonly attempt: number;
  /** The reply's `Retry-After` in milliseconds; null without one that can be read. */
  readonly retryAfterMs: number | null;
  readonly timeLeftMs: number;
  /** From 0 up to 1, without 1. */
  readonly random: number;
}

/**
 * Says how long to wait before the next attempt, in milliseconds, or null when there is none:
 * attempts are used up, or the wait would outlast the time left. `Retry-After` beats the back-off
 * and gets no jitter; the back-off doubles, with full jitter.
 */
export function retryDelay(policy: RetryPolicy, failed: FailedAttempt): number | null {
  if (failed.attempt > policy.maxRetries) return null;
  const ceiling = Math.min(policy.maxDelayMs, policy.firstDelayMs * 2 ** (failed.attempt - 1));
  const delay = failed.retryAfterMs ?? Math.round(failed.random * ceiling);
  return delay < failed.timeLeftMs ? delay : null;
}

/**
 * Reads a `Retry-After` header, seconds or an HTTP date, as milliseconds from now; null when there
 * is none or it cannot be read (the retry still happens, only its timing is lost).
 * Source: RFC 9110, section 10.2.3.
 */
export function retryAfterMs(header: string | string[] | undefined, now: number): number | null {
  if (typeof header !== 'string' || header.trim() === '') return null;
  if (/^\s*\d{1,9}\s*$/.test(header)) return Number(header) * 1000;
  const date = /^[A-Z][a-z]{2}.*GMT$/.test(header) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}
