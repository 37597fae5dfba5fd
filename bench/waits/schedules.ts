import { JobDurations } from '../../src/salesforce/job/durations.ts';
import { FlushWaits } from '../../src/salesforce/job/flush-waits.ts';
import type { JobContext } from '../../src/salesforce/job/job-context.ts';
import { JobLoadCounter } from '../../src/salesforce/job/job-load.ts';
import { seededRandom } from '../../test/support/seeded-random.ts';
import { OneJobOrg, type Shown, SimulatedClock } from './one-job-org.ts';
import type { MakeSchedule } from './simulation.ts';

/** What waits use of a context: no limit stops them, except that no wait is longer than a minute. */
const contextOf = (clock: SimulatedClock, org: OneJobOrg) =>
  ({
    config: { pollMaxSteps: Number.POSITIVE_INFINITY, pollMaxWaitMs: 60_000 },
    runtime: { clock },
    time: { waits: { left: () => Number.POSITIVE_INFINITY } },
    log: { info: () => undefined },
    jobs: org,
  }) as unknown as JobContext;

/** The function's own waits in one container, against a clock that only its sleeps move on. */
export const sink =
  (shown: Shown): MakeSchedule =>
  (container) => {
    const clock = new SimulatedClock();
    const org = new OneJobOrg(clock, shown);
    const durations = new JobDurations();
    const pauses = seededRandom(container + 1);
    return async (job) => {
      await clock.sleep(Math.floor(pauses() * 1000));
      const startedAt = clock.now();
      const waits = new FlushWaits(contextOf(clock, org), {
        durations,
        load: new JobLoadCounter(),
      });
      await waits.waitForEnd(org.start(job), job.rows);
      return { polls: org.polls, seenMs: clock.now() - startedAt };
    };
  };

/** A poll every `ms` milliseconds. */
export const flat =
  (ms: number): MakeSchedule =>
  () =>
  async ({ tookMs }) => {
    const polls = Math.ceil(tookMs / ms);
    return { polls, seenMs: polls * ms };
  };

/** The sink, and what other clients do by default, read from their sources. */
export const schedules: Readonly<Record<string, MakeSchedule>> = {
  sink: sink({ queued: 0, counts: false }),
  'every 5 s (simple-salesforce, Redpanda)': flat(5000),
  'every 1 s (jsforce)': flat(1000),
};
