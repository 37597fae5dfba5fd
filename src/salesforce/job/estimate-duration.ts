import type { JobInfo } from './job-info.ts';

/** When a job was seen; times in milliseconds since its submission. */
export interface Seen {
  /** The last poll before its end. */
  readonly runningMs: number;
  /** The last poll that saw no row processed. */
  readonly idleMs: number;
}

/** Salesforce's times are in whole seconds, so that one ago may be any time from none to two seconds. */
const secondMs = 1000;

/**
 * Duration of a job whose end was seen by a poll at `elapsedMs`: the middle of the times at which it can
 * have ended, which are those between the last poll that saw it running and this one, and within a
 * second of what the job itself says. The poll alone would make waits longer and longer; the job alone
 * would give jobs that always take the same time two durations, a second apart.
 *
 * A poll that came less than a second late is right, unless another less than a second before it was
 * too early: half of the wait between the two may still be saved.
 */
export function estimateDuration(
  { changedAgoMs }: Pick<JobInfo, 'changedAgoMs'>,
  elapsedMs: number,
  { runningMs }: Pick<Seen, 'runningMs'>,
): number {
  if (changedAgoMs === null) return (runningMs + elapsedMs) / 2;
  const isBetween = runningMs > 0 && elapsedMs - runningMs < secondMs;
  if (changedAgoMs === 0 && !isBetween) return elapsedMs;
  const saidMs = elapsedMs - changedAgoMs;
  const earliest = Math.max(runningMs, saidMs - secondMs);
  const latest = Math.min(elapsedMs, saidMs + secondMs);
  return Math.max(runningMs, (earliest + latest) / 2);
}
