/** What a wait depends on; times in milliseconds. */
export interface WaitState {
  /** Waits for this job so far. */
  readonly waits: number;
  /** Since the job was submitted. */
  readonly elapsedMs: number;
  /** Time until the wait must end. */
  readonly timeLeftMs: number;
  /** Times since the submission at which jobs of this size had ended; see `planPolls`. */
  readonly pollTimes: readonly number[];
  /** Whether its rows are more than one chunk: it takes longer, and may show its progress. */
  readonly isChunked: boolean;
  /** Whether Salesforce has begun to process it since the poll before. */
  readonly hasJustBegun: boolean;
  /** Time until the job has processed all its rows, if it goes on as it did; null: unknown. */
  readonly remainingMs: number | null;
}

/** Waits left of `POLL_MAX_STEPS`, and `POLL_MAX_WAIT_SECONDS`. */
export interface WaitLimits {
  readonly maxWaits: number;
  readonly maxWaitMs: number;
}

/** The first wait for a job of which nothing is known. Source: bench/waits, first job of a container. */
const firstWaitMs = { chunked: 2_000, otherwise: 1_000 } as const;

/**
 * How the time of the next poll grows from poll to poll, as long as nothing is known: once fast, when
 * progress will then say more, and else slowly. Source: bench/waits, first job of a container.
 */
const growth = { untilProgress: 5, otherwise: 1.5 } as const;

/** The shortest wait. */
const leastWaitMs = 250;

/** The wait for a job that takes longer than all before it: a tenth of the longest, then half of what it is late. */
const waitForLate = (longestMs: number, elapsedMs: number): number =>
  Math.max(longestMs / 10, (elapsedMs - longestMs) / 2);

/** The wait for a job of which nothing is known. */
function blindWait({ elapsedMs, isChunked, hasJustBegun }: WaitState): number {
  const firstMs = isChunked ? firstWaitMs.chunked : firstWaitMs.otherwise;
  const factor = isChunked && hasJustBegun ? growth.untilProgress : growth.otherwise;
  return elapsedMs < firstMs ? firstMs : elapsedMs * (factor - 1);
}

/** The wait that ends when the job is likely to have ended. */
function likelyWait(state: WaitState): number {
  const { elapsedMs, pollTimes, remainingMs } = state;
  const next = pollTimes.find((at) => at >= elapsedMs + leastWaitMs);
  if (next !== undefined) return next - elapsedMs;
  if (remainingMs !== null) return remainingMs;
  const longest = pollTimes.at(-1);
  return longest === undefined ? blindWait(state) : waitForLate(longest, elapsedMs);
}

/**
 * Returns the wait before the next poll in milliseconds, or null when steps or time have run out. It
 * ends when jobs of this size had ended, else when the job's progress says, else waits begin short and
 * grow. No wait exceeds the limit or the time left.
 */
export function nextWait(state: WaitState, { maxWaits, maxWaitMs }: WaitLimits): number | null {
  const { waits, timeLeftMs } = state;
  if (waits >= maxWaits || timeLeftMs <= 0) return null;
  return Math.ceil(Math.min(Math.max(likelyWait(state), leastWaitMs), maxWaitMs, timeLeftMs));
}
