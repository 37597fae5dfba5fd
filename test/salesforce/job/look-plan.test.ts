import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planLooks } from '../../../src/salesforce/job/look-plan.ts';

/** What looks cost for jobs with these durations: 0.045 a look, and the lag as a share of the duration. */
function costOf(looks: readonly number[], durations: readonly number[]): number {
  return durations.reduce((sum, duration) => {
    const index = looks.findIndex((at) => at >= duration);
    return sum + 0.045 * (index + 1) + ((looks[index] as number) - duration) / duration;
  }, 0);
}

/** All ascending choices of looks among the durations that end with the longest. */
function choicesOf([first, ...others]: readonly number[]): number[][] {
  if (first === undefined) return [[]];
  const rest = choicesOf(others);
  return others.length === 0 ? [[first]] : rest.flatMap((looks) => [looks, [first, ...looks]]);
}

describe('the planned looks', () => {
  it('are none without durations, and one where all jobs take the same time', () => {
    expect(planLooks([])).toEqual([]);
    expect(planLooks([8000])).toEqual([8000]);
    expect(planLooks(Array(50).fill(8000))).toEqual([8000]);
  });

  it('are one for each of two kinds of job', () => {
    expect(planLooks([20_000, 4000, 4000, 20_000])).toEqual([4000, 20_000]);
  });

  it('cost the least of all choices among the durations', () => {
    const durations = fc.uniqueArray(fc.integer({ min: 100, max: 60_000 }), {
      ...{ minLength: 1, maxLength: 9 },
    });
    fc.assert(
      fc.property(durations, (given) => {
        const sorted = given.toSorted((one, other) => one - other);
        const costs = choicesOf(sorted).map((looks) => costOf(looks, sorted));
        expect(costOf(planLooks(given), sorted)).toBeCloseTo(Math.min(...costs), 9);
      }),
    );
  });
});
