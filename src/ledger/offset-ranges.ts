import type { Run } from './state.ts';

/**
 * The runs of offsets that `chosen` forms among all offsets of an event's partition: a run goes on
 * over gaps in the topic, but not over a record that was not chosen.
 */
export function runsOf(all: readonly number[], chosen: ReadonlySet<number>): Run[] {
  const runs: Run[] = [];
  let first: number | null = null;
  let last = 0;
  const end = () => {
    if (first !== null) runs.push([first, last]);
    first = null;
  };
  for (const offset of all.toSorted((one, other) => one - other)) {
    if (!chosen.has(offset)) {
      end();
      continue;
    }
    first ??= offset;
    last = offset;
  }
  end();
  return runs;
}

/** The runs that offsets form by themselves: one goes on only over offsets that are there. */
export function closeRunsOf(offsets: readonly number[]): Run[] {
  const runs: Run[] = [];
  for (const offset of [...new Set(offsets)].sort((one, other) => one - other)) {
    const [first, last] = runs.at(-1) ?? [offset, Number.NaN];
    if (offset === last + 1) runs[runs.length - 1] = [first, offset];
    else runs.push([offset, offset]);
  }
  return runs;
}

/** Says whether an offset is in one of the runs. */
export function isInRuns(offset: number, runs: readonly Run[]): boolean {
  let low = 0;
  let high = runs.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const [first, last] = runs[middle] as Run;
    if (offset < first) high = middle - 1;
    else if (offset > last) low = middle + 1;
    else return true;
  }
  return false;
}

/** The runs without the offsets from `first` to `last`. */
export function withoutRange(runs: readonly Run[], [first, last]: Run): Run[] {
  return runs.flatMap(([from, to]): Run[] => {
    const before: Run[] = from < first ? [[from, Math.min(to, first - 1)]] : [];
    const after: Run[] = to > last ? [[Math.max(from, last + 1), to]] : [];
    return [...before, ...after];
  });
}

/**
 * Writes runs as short text, since an item of DynamoDB holds 400 KB: of each run the distance from
 * the end of the one before, and `+` how many offsets follow. `1042+57 2 3+9` is 1042 to 1099,
 * 1101, and 1104 to 1113.
 */
export function runsText(runs: readonly Run[]): string {
  let end = 0;
  const parts = runs.map(([first, last]) => {
    const distance = first - end;
    end = last;
    return first === last ? `${distance}` : `${distance}+${last - first}`;
  });
  return parts.join(' ');
}

/** Reads what `runsText` wrote; null when it is something else. */
export function runsFromText(text: string): Run[] | null {
  const runs: Run[] = [];
  let end = 0;
  for (const part of text === '' ? [] : text.split(' ')) {
    const [, distance, more = '0'] = /^(\d{1,16})(?:\+(\d{1,16}))?$/.exec(part) ?? [];
    if (distance === undefined) return null;
    const first = end + Number(distance);
    end = first + Number(more);
    runs.push([first, end]);
  }
  return runs;
}
