/** How what is in Salesforce compares with what should be there; the lists hold names. */
export interface Tally {
  /** How many of the expected ones are there exactly once. */
  once: number;
  missing: readonly string[];
  repeated: readonly string[];
  unexpected: readonly string[];
}

/** Counts `found` against `expected`, in which every name stands once. */
export function tally(expected: readonly string[], found: readonly string[]): Tally {
  const counts = new Map(expected.map((name) => [name, 0]));
  const unexpected: string[] = [];
  for (const name of found) {
    const count = counts.get(name);
    if (count === undefined) unexpected.push(name);
    else counts.set(name, count + 1);
  }
  const withCount = (fits: (count: number) => boolean) =>
    [...counts].filter(([, count]) => fits(count)).map(([name]) => name);
  return {
    once: withCount((count) => count === 1).length,
    missing: withCount((count) => count === 0),
    repeated: withCount((count) => count > 1),
    unexpected,
  };
}
