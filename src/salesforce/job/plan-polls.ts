/**
 * What a poll costs, as a share of a job's duration: 22 polls are worth as much as to see the end of a
 * job in time rather than after twice its duration.
 */
const costOfAPoll = 0.045;

/** The shortest duration that counts, in milliseconds: below it the lag is no share worth a poll. */
const leastMs = 100;

/** A gap between two durations, as a share of them, from which on a job may end within it. */
const wideGap = 0.05;

/** How far into a wide gap jobs are expected to end. Source: bench/waits, the first fifty jobs. */
const intoGap = 0.2;

/**
 * The ends of jobs to come, ascending, two for each duration. The fewer durations there are, the wider
 * are the gaps between them, and jobs that end a little after a poll that is planned for an earlier one
 * would lag until the next. After the longest, the gap before it is expected again.
 */
function likelyEnds(durations: readonly number[]): Float64Array {
  const sorted = new Float64Array(durations.map((ms) => Math.max(ms, leastMs))).sort();
  const ends = new Float64Array(2 * sorted.length);
  for (const [at, end] of sorted.entries()) {
    const before = end - (sorted[at - 1] ?? end);
    const after = (sorted[at + 1] ?? end + before) - end;
    ends[2 * at] = end - (before > wideGap * end ? intoGap * before : 0);
    ends[2 * at + 1] = end + (after > wideGap * end ? intoGap * after : 0);
  }
  return ends;
}

/**
 * Chooses when to poll a job, in milliseconds since its submission, ascending: the
 * times at which jobs of its size are likely to end that cost the least, in polls and in lag as a share
 * of the duration. Empty if there are no durations. The last one is the longest duration, or a little more.
 *
 * With n likely ends in ascending order, `costs[i]` is the least cost of the jobs from `i` on after a poll
 * that saw those before it end: the next poll at `ends[j - 1]` costs a poll and the lag of each job from
 * `i` to `j`, and then what is left from `j` on.
 */
export function planPolls(durations: readonly number[]): number[] {
  const ends = likelyEnds(durations);
  const { length } = ends;
  const inverses = new Float64Array(length + 1);
  for (const [at, end] of ends.entries()) inverses[at + 1] = (inverses[at] as number) + 1 / end;
  const costs = new Float64Array(length + 1);
  const nexts = new Uint32Array(length + 1);
  for (let from = length - 1; from >= 0; from--) {
    const pollCost = costOfAPoll * (length - from);
    const before = inverses[from] as number;
    let least = Number.POSITIVE_INFINITY;
    for (let to = from + 1; to <= length; to++) {
      const lag = (ends[to - 1] as number) * ((inverses[to] as number) - before) - (to - from);
      // Later polls have a longer lag.
      if (pollCost + lag >= least) break;
      const cost = pollCost + lag + (costs[to] as number);
      if (cost >= least) continue;
      least = cost;
      nexts[from] = to;
    }
    costs[from] = least;
  }
  const times: number[] = [];
  for (let at = 0; at < length; ) {
    at = nexts[at] as number;
    times.push(ends[at - 1] as number);
  }
  return times;
}
