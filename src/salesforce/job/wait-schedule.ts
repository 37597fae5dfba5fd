/** What a wait depends on. Times in milliseconds. */
export interface WaitState {
  /** Waits so far in this invocation. */
  readonly waits: number;
  /** Since the job was submitted. */
  readonly elapsedMs: number;
  /** Until the wait must be over, with time kept back for what comes after. */
  readonly timeLeftMs: number;
  /** How long this container's recent jobs took; empty at first. */
  readonly recentJobsMs: readonly number[];
}

/** `POLL_MAX_STEPS` and `POLL_MAX_WAIT_SECONDS`. */
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
 * Says how long to wait before looking at the job again, or null when steps or time have run out.
 * Waits begin short and grow by half; the first goes right to when recent jobs were done, so that
 * a steady topic costs one or two looks a job. None is longer than the limit or the time left.
 */
export function nextWait(state: WaitState, { maxWaits, maxWaitMs }: WaitLimits): number | null {
  const { waits, elapsedMs, timeLeftMs, recentJobsMs } = state;
  if (waits >= maxWaits || timeLeftMs <= 0) return null;
  const grown = firstWaitMs * growth ** waits;
  const untilExpected = (median(recentJobsMs) ?? 0) - elapsedMs;
  return Math.ceil(Math.min(Math.max(grown, untilExpected), maxWaitMs, timeLeftMs));
}
