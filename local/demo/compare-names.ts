/** How the names in Salesforce differ from the expected ones. */
export interface NameComparison {
  /** How many of the expected names are there exactly once. */
  once: number;
  missing: readonly string[];
  repeated: readonly string[];
  unexpected: readonly string[];
}

/** Compares `found` with `expected`, which has every name once. */
export function compareNames(
  expected: readonly string[],
  found: readonly string[],
): NameComparison {
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
