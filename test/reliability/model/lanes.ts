import { startServices } from '../../support/services.ts';
import { check } from './check.ts';
import type { Case } from './check-values.ts';
import { drawScenario } from './draw.ts';
import { run } from './run.ts';
import type { Violation } from './violation.ts';

/** A seed that was played, and what it broke. */
export interface Checked extends Case {
  readonly violations: readonly Violation[];
}

/** Parallel lanes, and the seeds that one set of services plays. */
const lanes = 6;
const seedsPerServices = 40;

async function playSome(seeds: Iterator<number>, checked: Checked[]): Promise<boolean> {
  const services = await startServices();
  try {
    for (let n = 0; n < seedsPerServices; n++) {
      const { done, value: seed } = seeds.next();
      if (done === true) return false;
      const scenario = drawScenario(seed);
      const outcome = await run(services, scenario);
      checked.push({ scenario, outcome, violations: check({ scenario, outcome }) });
    }
    return true;
  } finally {
    await services.close();
  }
}

/** Plays seeds, several at once, each with its own services; returns them in their order. */
export async function playSeeds(seeds: readonly number[]): Promise<Checked[]> {
  const waiting = seeds.values();
  const checked: Checked[] = [];
  const lane = async () => {
    while (await playSome(waiting, checked));
  };
  await Promise.all(Array.from({ length: Math.min(lanes, seeds.length) }, lane));
  return checked.toSorted((one, other) => one.scenario.seed - other.scenario.seed);
}
