import { seededRandom } from '../../test/support/seeded-random.ts';

/** A job that takes a while. */
export interface SimulatedJob {
  readonly rows: number;
  readonly tookMs: number;
}

/**
 * How the jobs of a sink take time: one job, from random numbers from 0 to 1, the share of the jobs of
 * its container that are done, and the share of the containers.
 */
export type Kind = (random: () => number, share: number, containers: number) => SimulatedJob;

/** Polls a job until it has ended: how often, and how long after its start the last time. */
export type Schedule = (
  job: SimulatedJob,
) => Promise<{ readonly polls: number; readonly seenMs: number }>;

/** The schedule of a new container, by its number. */
export type MakeSchedule = (container: number) => Schedule;

const normal = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

const around = (ms: number, share: number, random: () => number): number =>
  ms * (1 + share * (2 * random() - 1));

/** The kinds of jobs of the table in docs/PERFORMANCE.md. */
export const kinds: Readonly<Record<string, Kind>> = {
  '0.5 s ±25 %': (random) => ({ rows: 100, tookMs: around(500, 0.25, random) }),
  'always the same, 6 to 10 s': (_random, _share, containers) => {
    return { rows: 1000, tookMs: 6037 + 4000 * containers };
  },
  '8 s ±25 %': (random) => ({ rows: 1000, tookMs: around(8000, 0.25, random) }),
  '40 s ±25 %': (random) => ({ rows: 1000, tookMs: around(40_000, 0.25, random) }),
  'erratic, 8 s ×÷2.2': (random) => ({ rows: 1000, tookMs: 8000 * 2.2 ** normal(random) }),
  '4 or 20 s': (random) => {
    const tookMs = random() < 0.5 ? 4000 : 20_000;
    return { rows: 1000, tookMs: around(tookMs, 0.1, random) };
  },
  '100 or 10,000 rows': (random) => {
    const isSmall = random() < 0.5;
    const tookMs = around(isSmall ? 2000 : 30_000, 0.2, random);
    return { rows: isSmall ? 100 : 10_000, tookMs };
  },
  'heavy tail': (random) => ({ rows: 1000, tookMs: 6000 / Math.sqrt(1 - random()) }),
  'drift, 8 to 40 s': (random, share) => {
    return { rows: 1000, tookMs: around(8000 + 32_000 * share, 0.1, random) };
  },
};

/** What a schedule costs: polls a job, and lag as a share of its duration. */
export interface Costs {
  readonly polls: number;
  readonly lag: number;
}

/** The costs of the jobs of some containers, one job after the other. */
export async function simulate(
  kind: Kind,
  make: MakeSchedule,
  { containers = 4, jobs = 500 } = {},
): Promise<Costs> {
  const random = seededRandom(7);
  const count = containers * jobs;
  let polls = 0;
  let lag = 0;
  for (let container = 0; container < containers; container++) {
    const schedule = make(container);
    for (let at = 0; at < jobs; at++) {
      const job = kind(random, (at + container / containers) / jobs, container / containers);
      const seen = await schedule(job);
      polls += seen.polls;
      lag += (seen.seenMs - job.tookMs) / job.tookMs;
    }
  }
  return { polls: polls / count, lag: lag / count };
}
