import { daySeconds, hourSeconds } from '../limits.ts';
import type { Load } from '../load.ts';
import { normal, type Random } from './random.ts';

/** The rate of each hour of a business day, against the others. */
const businessHours = [
  ...[0.35, 0.3, 0.3, 0.3, 0.35, 0.5, 0.8, 1.1, 1.5, 1.9, 2, 1.8],
  ...[1.4, 1.6, 1.8, 1.7, 1.5, 1.2, 0.9, 0.7, 0.6, 0.5, 0.45, 0.4],
];
const mean = businessHours.reduce((sum, one) => sum + one, 0) / businessHours.length;

/** The rate at a second of the day as a share of the mean: from hour to hour without a step. */
function factorAt(second: number): number {
  const hour = second / hourSeconds;
  const of = (at: number) => businessHours[at % 24] as number;
  const from = Math.floor(hour);
  return (of(from) + (of(from + 1) - of(from)) * (hour - from)) / mean;
}

/** The records of a topic that have arrived by the end of each second of a day, in ascending order. */
export function arrivals({ rate, profile }: Load, random: Random): Float64Array {
  const arrived = new Float64Array(daySeconds);
  let sum = 0;
  for (let second = 0; second < daySeconds; second++) {
    const expected = rate * (profile === 'flat' ? 1 : factorAt(second));
    // As many as a Poisson process brings, of which the normal distribution is a good likeness.
    sum += Math.max(0, expected + Math.sqrt(expected) * normal(random));
    arrived[second] = sum;
  }
  return arrived;
}

/** The first second by which this number of records has arrived. */
export function secondOf(arrived: Float64Array, records: number): number {
  let [low, high] = [0, arrived.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((arrived[middle] as number) < records) low = middle + 1;
    else high = middle;
  }
  return low;
}
