import { setTimeout as delay } from 'node:timers/promises';
import { seededRandom } from '../../support/seeded-random.ts';
import { killsIn } from './kills.ts';
import type { Runner } from './runner.ts';
import { soakSeed } from './soak.ts';

/** Whom to kill, and how often. */
export interface RandomKills {
  runner: Runner;
  /** How many functions have to be killed in an invocation. */
  goal: number;
  /** Whether enough is left to do. */
  muchLeft: () => Promise<boolean>;
  /** How many kills may follow one another before a flush is written; any number if left out. */
  inARow?: number;
}

const written = (runner: Runner): number => runner.output().match(/^✓ flush /gm)?.length ?? 0;

/**
 * Kills functions at random moments until the goal is reached; returns the number of kills. The
 * last records are spared: a lone batch that is killed each time waits longer and longer.
 */
export async function killAtRandom(kills: RandomKills): Promise<number> {
  const { runner, goal, muchLeft, inARow = Number.POSITIVE_INFINITY } = kills;
  const random = seededRandom(soakSeed);
  let [count, row, flushes] = [0, 0, 0];
  while (killsIn(runner.output()).length < goal && (await muchLeft())) {
    // Nothing is taken up again here: a flush has to live to its end.
    // A flush has to live to its end at times.
    await delay(300 + random() * 1200);
    if (written(runner) > flushes) row = 0;
    if (row >= inARow || !(await runner.killFunction(random()))) continue;
    [count, row, flushes] = [count + 1, row + 1, written(runner)];
  }
  return count;
}
