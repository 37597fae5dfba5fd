/** The back-off of every call to Salesforce and to a schema registry. */
const backOff = { firstDelayMs: 500, maxDelayMs: 20_000 } as const;

/** Transient statuses. Source: docs/DESIGN.md, "Retries". */
const transientStatuses: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504]);

/** Tells whether a retry may succeed after this status. */
export function isTransientStatus(status: number): boolean {
  return transientStatuses.has(status);
}

/** One failed attempt of a call. */
export interface FailedAttempt {
  /** 1 for the first. */
  readonly attempt: number;
  /** The most retries of the call, not counting the first attempt. */
  readonly maxRetries: number;
  /** The reply's `Retry-After` in milliseconds; null if absent or unreadable. */
  readonly retryAfterMs: number | null;
  readonly timeLeftMs: number;
  /** In the range 0 (inclusive) to 1 (exclusive). */
  readonly random: number;
}

/**
 * Returns the delay before the next attempt in milliseconds, or null for no further attempt: the
 * retries are used up, or the delay would exceed the time left. `Retry-After` takes precedence and
 * gets no jitter; otherwise the back-off doubles, with full jitter.
 */
export function retryDelay(failed: FailedAttempt): number | null {
  const { attempt, maxRetries, retryAfterMs, timeLeftMs, random } = failed;
  if (attempt > maxRetries) return null;
  const ceiling = Math.min(backOff.maxDelayMs, backOff.firstDelayMs * 2 ** (attempt - 1));
  const delay = retryAfterMs ?? Math.round(random * ceiling);
  return delay < timeLeftMs ? delay : null;
}

/**
 * Reads a `Retry-After` header, seconds or an HTTP date, as milliseconds from now. Null if absent or
 * unreadable: the retry then uses the back-off.
 * Source: RFC 9110, section 10.2.3.
 */
export function retryAfterMs(header: string | string[] | undefined, now: number): number | null {
  if (typeof header !== 'string' || header.trim() === '') return null;
  if (/^\s*\d{1,9}\s*$/.test(header)) return Number(header) * 1000;
  const date = /^[A-Z][a-z]{2}.*GMT$/.test(header) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}
