import { type Clock, Deadline } from '../../runtime/deadline.ts';

/** One invocation's time, cut so that every step leaves enough for those after it. */
export interface TimeBudget {
  /** Waits for a job end here, with a last look still to come. */
  readonly waits: Deadline;
  /** Calls up to and during the waits end here. */
  readonly calls: Deadline;
  /** Reading results and aborting end here, just before the function would be ended. */
  readonly last: Deadline;
}

/** A share of the time, up to a limit in milliseconds. */
const share = (totalMs: number, part: number, limitMs: number): number =>
  Math.min(totalMs * part, limitMs);

/** Cuts up the time that Lambda says is left, in milliseconds. */
export function timeBudget(clock: Clock, remainingMs: number): TimeBudget {
  const end = new Deadline(clock, clock.now() + remainingMs);
  const last = end.less(share(remainingMs, 0.02, 500));
  const calls = last.less(share(remainingMs, 0.15, 15_000));
  return { last, calls, waits: calls.less(share(remainingMs, 0.05, 5_000)) };
}
