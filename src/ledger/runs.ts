import type { Run } from './memory.ts';

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

/** Writes runs as text, the way log lines do: `0..499 512 515..700`. */
export function runsText(runs: readonly Run[]): string {
  return runs.map(([first, last]) => (first === last ? `${first}` : `${first}..${last}`)).join(' ');
}

/** Reads what `runsText` wrote; null when it is something else. */
export function runsFromText(text: string): Run[] | null {
  const runs: Run[] = [];
  for (const part of text === '' ? [] : text.split(' ')) {
    const [, first, last = first] = /^(\d{1,16})(?:\.\.(\d{1,16}))?$/.exec(part) ?? [];
    if (first === undefined) return null;
    runs.push([Number(first), Number(last)]);
  }
  return runs;
}
