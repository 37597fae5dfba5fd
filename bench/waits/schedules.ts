import { JobDurations } from '../../src/salesforce/job/durations.ts';
import { planLooks } from '../../src/salesforce/job/look-plan.ts';
import { progressOf, remainingTime } from '../../src/salesforce/job/wait.ts';
import { nextWait } from '../../src/salesforce/job/wait-schedule.ts';
import type { Schedule } from './simulation.ts';

const limits = { maxWaits: Number.POSITIVE_INFINITY, maxWaitMs: 60_000 };

/** The sink's own, in a container that lives as long as the simulation; a job shows no progress. */
export function sink(): Schedule {
  const durations = new JobDurations();
  let looks: readonly number[] = [];
  return {
    wait({ rows, waits, elapsedMs }) {
      if (waits === 0) looks = planLooks(durations.like(rows));
      const timeLeftMs = Number.POSITIVE_INFINITY;
      const known = { looks, remainingMs: null, isChunked: false, hasBegun: false };
      return nextWait({ waits, elapsedMs, timeLeftMs, ...known }, limits) ?? 0;
    },
    ended: (job) => durations.add([job]),
  };
}

/**
 * The sink's in containers that never saw a job before, whose first job is processed at an even pace.
 * `counts`: whether Salesforce counts its rows meanwhile.
 */
export const firstJob = (tookMs: number, rows: number, counts: boolean): Schedule => ({
  wait({ waits, elapsedMs }) {
    const processed = counts ? Math.floor(((elapsedMs / tookMs) * rows) / 200) * 200 : 0;
    const known = {
      looks: [],
      remainingMs: remainingTime({ processed, rows }, elapsedMs),
      ...progressOf({ state: 'InProgress' }, rows),
    };
    const timeLeftMs = Number.POSITIVE_INFINITY;
    return nextWait({ waits, elapsedMs, timeLeftMs, ...known }, limits) ?? 0;
  },
  ended: () => undefined,
});

const flat = (ms: number) => (): Schedule => ({ wait: () => ms, ended: () => undefined });

/** What other clients do by default, read from their sources. */
export const schedules: Readonly<Record<string, () => Schedule>> = {
  sink,
  'every 5 s (simple-salesforce, Redpanda)': flat(5000),
  'every 1 s (jsforce)': flat(1000),
};
