import { type Clock, Deadline } from '../../runtime/deadline.ts';

/** Deadlines of one invocation, so that each step leaves time for the next ones. */
export interface TimeBudget {
  /** End of waits for jobs; one poll follows. */
  readonly waits: Deadline;
  /** End of calls up to and during the waits. */
  readonly calls: Deadline;
  /** End of reading results and aborting, just before Lambda ends the function. */
  readonly last: Deadline;
}

/** A share of the time, at most `limitMs`. */
const share = (totalMs: number, part: number, limitMs: number): number =>
  Math.min(totalMs * part, limitMs);

/** Splits the remaining time of an invocation, in milliseconds. */
export function timeBudget(clock: Clock, remainingMs: number): TimeBudget {
  const end = new Deadline(clock, clock.now() + remainingMs);
  const last = end.less(share(remainingMs, 0.02, 500));
  const calls = last.less(share(remainingMs, 0.15, 15_000));
  return { last, calls, waits: calls.less(share(remainingMs, 0.05, 5_000)) };
}
