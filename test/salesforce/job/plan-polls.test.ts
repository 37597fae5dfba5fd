import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planPolls } from '../../../src/salesforce/job/plan-polls.ts';

/** What polls cost for jobs with these durations: 0.045 a poll, and the lag as a share of the duration. */
function costOf(times: readonly number[], durations: readonly number[]): number {
  return durations.reduce((sum, duration) => {
    const index = times.findIndex((at) => at >= duration);
    return sum + 0.045 * (index + 1) + ((times[index] as number) - duration) / duration;
  }, 0);
}

/** All ascending choices of polls among the durations that end with the longest. */
function choicesOf([first, ...others]: readonly number[]): number[][] {
  if (first === undefined) return [[]];
  const rest = choicesOf(others);
  return others.length === 0 ? [[first]] : rest.flatMap((times) => [times, [first, ...times]]);
}

describe('the planned polls', () => {
  it('are none without durations, and one where all jobs take the same time', () => {
    expect(planPolls([])).toEqual([]);
    expect(planPolls([8000])).toEqual([8000]);
    expect(planPolls(Array(50).fill(8000))).toEqual([8000]);
  });

  it('are one for each of two kinds of job', () => {
    const many = Array.from({ length: 40 }, (_, at) => (at % 2 === 0 ? 4000 : 20_000));
    expect(planPolls(many)).toEqual([4000, 20_000]);
  });

  it('are also a fifth into wide gaps while few durations are known, and once beyond the longest', () => {
    expect(planPolls([4000, 9000]).map(Math.round)).toEqual([4000, 5000, 8000, 10_000]);
    expect(planPolls([4000, 4100])).toEqual([4100]);
  });

  it('cost the least of all choices among durations without wide gaps', () => {
    const gaps = fc.array(fc.double({ min: 1.001, max: 1.04, noNaN: true }), { maxLength: 8 });
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 60_000 }), gaps, (shortest, factors) => {
        const given = [shortest];
        for (const factor of factors) given.push((given.at(-1) as number) * factor);
        const sorted = given.toSorted((one, other) => one - other);
        const costs = choicesOf(sorted).map((times) => costOf(times, sorted));
        expect(costOf(planPolls(given), sorted)).toBeCloseTo(Math.min(...costs), 9);
      }),
    );
  });
});
