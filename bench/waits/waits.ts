// When the function looks at a job, and what that costs, beside other clients: a simulation.
// `node bench/waits/waits.ts`; also part of `npm run bench`.
import { seededRandom } from '../../test/support/seeded-random.ts';
import { firstJob, schedules } from './schedules.ts';
import { type Costs, kinds, simulate } from './simulation.ts';

const text = ({ looks, lag }: Costs): string => `${looks.toFixed(1)} / ${(100 * lag).toFixed(0)} %`;

/** The least flat wait with as many looks; a sink must not lag more than that. */
function flatWithLooks(looks: number, kind: (typeof kinds)[string]): Costs {
  let [low, high] = [100, 600_000];
  for (let step = 0; step < 20; step++) {
    const ms = Math.sqrt(low * high);
    const costs = simulate(kind, { wait: () => ms, ended: () => undefined }, 500);
    if (costs.looks > looks) low = ms;
    else high = ms;
  }
  return simulate(kind, { wait: () => high, ended: () => undefined });
}

/** A container's first job; `counts`: whether it shows its progress. */
function first(kind: (typeof kinds)[string], counts: boolean): Costs {
  const random = seededRandom(7);
  const costs = Array.from({ length: 1000 }, (_, index) => {
    const job = kind(random, index / 1000);
    return simulate(() => job, firstJob(job.tookMs, job.rows, counts), 1);
  });
  const mean = (of: (costs: Costs) => number) =>
    costs.reduce((sum, one) => sum + of(one), 0) / costs.length;
  return { looks: mean(({ looks }) => looks), lag: mean(({ lag }) => lag) };
}

/** A row for each kind of jobs: looks a job, and lag as a share of its duration. */
export const rows = Object.entries(kinds).map(([jobs, kind]) => {
  const known = Object.entries(schedules).map(
    ([name, make]) => [name, simulate(kind, make())] as const,
  );
  const [, own] = known[0] as (typeof known)[number];
  return {
    jobs,
    ...Object.fromEntries(known.map(([name, costs]) => [name, text(costs)])),
    'flat with as many looks': text(flatWithLooks(own.looks, kind)),
    'first job of a container': text(first(kind, true)),
    'the same, without progress': text(first(kind, false)),
  };
});

if (import.meta.main) console.table(rows);
