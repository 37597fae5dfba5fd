import { startWorld } from '../world.ts';
import { check } from './check.ts';
import type { Case } from './check-values.ts';
import { drawScenario } from './draw.ts';
import { run } from './run.ts';
import type { Violation } from './violation.ts';

/** A seed that was played, and what it broke. */
export interface Checked extends Case {
  readonly violations: readonly Violation[];
}

/** How many worlds there are at once, and how many seeds one of them plays. */
const lanes = 6;
const seedsOfAWorld = 40;

async function playSome(seeds: Iterator<number>, checked: Checked[]): Promise<boolean> {
  const world = await startWorld();
  try {
    for (let n = 0; n < seedsOfAWorld; n++) {
      const { done, value: seed } = seeds.next();
      if (done === true) return false;
      const scenario = drawScenario(seed);
      const outcome = await run(world, scenario);
      checked.push({ scenario, outcome, violations: check({ scenario, outcome }) });
    }
    return true;
  } finally {
    await world.close();
  }
}

/** Plays seeds, several at once, each in a world of its own; gives them in their order. */
export async function playSeeds(seeds: readonly number[]): Promise<Checked[]> {
  const waiting = seeds.values();
  const checked: Checked[] = [];
  const lane = async () => {
    while (await playSome(waiting, checked));
  };
  await Promise.all(Array.from({ length: Math.min(lanes, seeds.length) }, lane));
  return checked.toSorted((one, other) => one.scenario.seed - other.scenario.seed);
}
