/** What a wait depends on; times in milliseconds. */
export interface WaitState {
  /** Waits for this job so far. */
  readonly waits: number;
  /** Since the job was submitted. */
  readonly elapsedMs: number;
  /** Time until the wait must end. */
  readonly timeLeftMs: number;
  /** Durations of this container's last jobs; empty at first. */
  readonly recentJobsMs: readonly number[];
}

/** Waits left of `POLL_MAX_STEPS`, and `POLL_MAX_WAIT_SECONDS`. */
export interface WaitLimits {
  readonly maxWaits: number;
  readonly maxWaitMs: number;
}

const firstWaitMs = 500;
const growth = 1.5;

function median(numbers: readonly number[]): number | null {
  const sorted = numbers.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? null;
}

/**
 * Returns the wait before the next poll in milliseconds, or null when steps or time have run out. Waits
 * start short and grow by half; the first one ends at the median duration of recent jobs, so that a
 * steady topic needs one or two polls a job. No wait exceeds the limit or the time left.
 */
export function nextWait(state: WaitState, { maxWaits, maxWaitMs }: WaitLimits): number | null {
  const { waits, elapsedMs, timeLeftMs, recentJobsMs } = state;
  if (waits >= maxWaits || timeLeftMs <= 0) return null;
  const grown = firstWaitMs * growth ** waits;
  const untilExpected = (median(recentJobsMs) ?? 0) - elapsedMs;
  return Math.ceil(Math.min(Math.max(grown, untilExpected), maxWaitMs, timeLeftMs));
}
