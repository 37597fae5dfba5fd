// When the function polls a job, and what that costs, beside other clients: a simulation.
// `node bench/waits/waits.ts`; also part of `npm run bench`.
import { flat, schedules, sink } from './schedules.ts';
import { type Costs, kinds, simulate } from './simulation.ts';

const text = ({ polls, lag }: Costs): string => `${polls.toFixed(1)} / ${(100 * lag).toFixed(0)} %`;

/** The least flat wait with as many polls; a sink must not lag more than that. */
async function flatWithPolls(polls: number, kind: (typeof kinds)[string]): Promise<Costs> {
  let [low, high] = [100, 600_000];
  for (let step = 0; step < 20; step++) {
    const ms = Math.sqrt(low * high);
    const costs = await simulate(kind, flat(ms), { jobs: 60 });
    if (costs.polls > polls) low = ms;
    else high = ms;
  }
  return simulate(kind, flat(high));
}

/** The first job of each of many containers. */
const first = (kind: (typeof kinds)[string], queued: number, counts: boolean): Promise<Costs> =>
  simulate(kind, sink({ queued, counts }), { containers: 500, jobs: 1 });

async function rowOf(jobs: string, kind: (typeof kinds)[string]) {
  const costs: [string, Costs][] = [];
  for (const [name, make] of Object.entries(schedules)) {
    costs.push([name, await simulate(kind, make)]);
  }
  const [[, own]] = costs as [[string, Costs]];
  return {
    jobs,
    ...Object.fromEntries(costs.map(([name, one]) => [name, text(one)])),
    'flat with as many polls': text(await flatWithPolls(own.polls, kind)),
    'first job of a container': text(await first(kind, 0, true)),
    'the same, after a queue': text(await first(kind, 0.1, true)),
    'the same, without progress': text(await first(kind, 0, false)),
  };
}

/** A row for each kind of jobs: polls a job, and lag as a share of its duration. */
export const rows = await Promise.all(
  Object.entries(kinds).map(([jobs, kind]) => rowOf(jobs, kind)),
);

if (import.meta.main) console.table(rows);
