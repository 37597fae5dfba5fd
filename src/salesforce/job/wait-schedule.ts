/** What a wait depends on; times in milliseconds. */
export interface WaitState {
  /** Waits for this job so far. */
  readonly waits: number;
  /** Since the job was submitted. */
  readonly elapsedMs: number;
  /** Time until the wait must end. */
  readonly timeLeftMs: number;
  /** Times since the submission at which jobs of this size had ended; see `planLooks`. */
  readonly looks: readonly number[];
  /** Time until the job has processed all its rows, if it goes on as it did; null: unknown. */
  readonly remainingMs: number | null;
}

/** Waits left of `POLL_MAX_STEPS`, and `POLL_MAX_WAIT_SECONDS`. */
export interface WaitLimits {
  readonly maxWaits: number;
  readonly maxWaitMs: number;
}

/** The first wait for a job of which nothing is known. */
const firstWaitMs = 1_000;
const growth = 2;

/** The shortest wait. */
const leastWaitMs = 250;

/** The wait for a job that takes longer than all before it: a tenth of the longest, then half of what it is late. */
const waitForLate = (longestMs: number, elapsedMs: number): number =>
  Math.max(longestMs / 10, (elapsedMs - longestMs) / 2);

/** The wait that ends when the job is likely to have ended; a pace is rather too fast than too slow. */
function likelyWait({ waits, elapsedMs, looks, remainingMs }: WaitState): number {
  const next = looks.find((at) => at >= elapsedMs + leastWaitMs);
  if (next !== undefined) return next - elapsedMs;
  if (remainingMs !== null) return remainingMs + elapsedMs / 20;
  const longest = looks.at(-1);
  return longest === undefined ? firstWaitMs * growth ** waits : waitForLate(longest, elapsedMs);
}

/**
 * Returns the wait before the next look in milliseconds, or null when steps or time have run out. It
 * ends when jobs of this size had ended, else when the job's progress says, else waits begin short and
 * grow. No wait exceeds the limit or the time left.
 */
export function nextWait(state: WaitState, { maxWaits, maxWaitMs }: WaitLimits): number | null {
  const { waits, timeLeftMs } = state;
  if (waits >= maxWaits || timeLeftMs <= 0) return null;
  return Math.ceil(Math.min(Math.max(likelyWait(state), leastWaitMs), maxWaitMs, timeLeftMs));
}
