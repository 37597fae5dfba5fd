/** The fewest insertions, removals, changes and swaps of neighbours that make one text another. */
function distance(one: string, other: string): number {
  const rows = [Array.from({ length: other.length + 1 }, (_, column) => column)];
  const at = (row: number, column: number) => rows[row]?.[column] ?? Number.POSITIVE_INFINITY;
  for (let row = 1; row <= one.length; row += 1) {
    const [letter, before] = [one[row - 1], one[row - 2]];
    const costs = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const isSame = letter === other[column - 1];
      const isSwapped = letter === other[column - 2] && before === other[column - 1];
      costs.push(
        Math.min(
          at(row - 1, column) + 1,
          (costs[column - 1] ?? 0) + 1,
          at(row - 1, column - 1) + (isSame ? 0 : 1),
          isSwapped ? at(row - 2, column - 2) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    rows.push(costs);
  }
  return at(one.length, other.length);
}

/** Capitals, hyphens and underscores are easily mistaken. */
const plain = (name: string): string => name.toLowerCase().replaceAll(/[-_]/g, '');

/**
 * The known name that `name` most probably means; null when none is close: a third of its letters may
 * differ, at most `mostChanges`.
 */
export function nearest(name: string, known: Iterable<string>, mostChanges = 3): string | null {
  const wanted = plain(name).slice(0, 100);
  const most = Math.min(mostChanges, Math.floor(wanted.length / 3));
  let best: string | null = null;
  let least = most + 1;
  for (const candidate of known) {
    const given = plain(candidate);
    if (Math.abs(given.length - wanted.length) >= least) continue;
    const differs = distance(wanted, given);
    if (differs < least) [best, least] = [candidate, differs];
  }
  return best;
}

/** `; did you mean NAME?`, or nothing. */
export function didYouMean(name: string, known: Iterable<string>): string {
  const meant = nearest(name, known);
  return meant === null ? '' : `; did you mean ${meant}?`;
}
