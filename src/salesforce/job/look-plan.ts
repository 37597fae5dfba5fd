/**
 * What a look costs, as a share of a job's duration: 22 looks are worth as much as to see the end of a
 * job in time rather than after twice its duration.
 */
const costOfALook = 0.045;

/** The shortest duration that counts, in milliseconds: below it the lag is no share worth a look. */
const leastMs = 100;

/**
 * Chooses when to look whether a job has ended, in milliseconds since its submission, ascending: the
 * times at which earlier jobs of its size had ended that cost the least, in looks and in lag as a share
 * of the duration. Empty if there are no durations. The last one is the longest duration.
 *
 * With n durations in ascending order, `costs[i]` is the least cost of the jobs from `i` on after a look
 * that saw those before it end: the next look at `ends[j - 1]` costs a look and the lag of each job from
 * `i` to `j`, and then what is left from `j` on.
 */
export function planLooks(durations: readonly number[]): number[] {
  const ends = durations.map((ms) => Math.max(ms, leastMs)).toSorted((a, b) => a - b);
  const { length } = ends;
  const inverses = [0];
  for (const end of ends) inverses.push((inverses.at(-1) as number) + 1 / end);
  const costs: number[] = new Array(length + 1).fill(0);
  const nexts: number[] = new Array(length + 1).fill(length);
  for (let from = length - 1; from >= 0; from--) {
    costs[from] = Number.POSITIVE_INFINITY;
    for (let to = from + 1; to <= length; to++) {
      const inverse = (inverses[to] as number) - (inverses[from] as number);
      const lag = (ends[to - 1] as number) * inverse - (to - from);
      const cost = costOfALook * (length - from) + lag + (costs[to] as number);
      if (cost >= (costs[from] as number)) continue;
      costs[from] = cost;
      nexts[from] = to;
    }
  }
  const looks: number[] = [];
  for (let at = 0; at < length; ) {
    at = nexts[at] as number;
    looks.push(ends[at - 1] as number);
  }
  return looks;
}
