import { seededRandom } from '../../test/support/seeded-random.ts';

/** A job that takes a while. */
export interface SimulatedJob {
  readonly rows: number;
  readonly tookMs: number;
}

/** How the jobs of a sink take time: one job, with random numbers from 0 to 1. */
export type Kind = (random: () => number, share: number) => SimulatedJob;

/** A schedule: when to look next at a job, and what is learnt from its end. */
export interface Schedule {
  /** The wait before the next look, in milliseconds. */
  wait(job: { readonly rows: number; readonly waits: number; readonly elapsedMs: number }): number;
  /** Of a job that was seen running and then ended; both since its start. */
  ended(job: { readonly rows: number; readonly tookMs: number; readonly at: number }): void;
}

const normal = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

const around = (ms: number, share: number, random: () => number): number =>
  ms * (1 + share * (2 * random() - 1));

/** The kinds of jobs of the table in docs/PERFORMANCE.md. */
export const kinds: Readonly<Record<string, Kind>> = {
  'always 8 s': () => ({ rows: 1000, tookMs: 8000 }),
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

/** What a schedule costs: looks a job, and lag as a share of its duration. */
export interface Costs {
  readonly looks: number;
  readonly lag: number;
}

/** Looks at one job until it has ended. */
function follow({ rows, tookMs }: SimulatedJob, schedule: Schedule) {
  let elapsedMs = 0;
  let waits = 0;
  while (elapsedMs < tookMs) {
    elapsedMs += schedule.wait({ rows, waits, elapsedMs });
    waits += 1;
  }
  return { looks: waits, seenMs: elapsedMs };
}

/** The costs of many jobs one after the other. A job's own end is known to the second, as in an org. */
export function simulate(kind: Kind, schedule: Schedule, count = 4000): Costs {
  const random = seededRandom(7);
  const noise = seededRandom(11);
  let looks = 0;
  let lag = 0;
  for (let at = 0; at < count; at++) {
    const job = kind(random, at / count);
    const seen = follow(job, schedule);
    looks += seen.looks;
    lag += (seen.seenMs - job.tookMs) / job.tookMs;
    const tookMs = Math.min(seen.seenMs, Math.max(0, job.tookMs + (noise() - noise()) * 1000));
    schedule.ended({ rows: job.rows, tookMs, at });
  }
  return { looks: looks / count, lag: lag / count };
}
