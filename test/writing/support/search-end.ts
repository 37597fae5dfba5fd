import { longestStreak } from '../../../src/delivery/key-queue.ts';

/**
 * Whether the search for the bad records of a row may end before it has found all of them: as many
 * records of one key in a row are invalid as docs/WRITING.md says ("The search has an end"). Good
 * ones may be errant then; test/delivery/key-search.test.ts holds that. `history` says of each record of
 * a key whether it is invalid.
 */
export function endsSearch(history: readonly boolean[]): boolean {
  let streak = 0;
  return history.some((isInvalid) => {
    streak = isInvalid ? streak + 1 : 0;
    return streak >= longestStreak;
  });
}

/** The same for records of several keys. */
export function endsSearchOfKey(
  records: readonly { readonly key: number; readonly kind: string }[],
): boolean {
  const histories = Map.groupBy(records, ({ key }) => key);
  return [...histories.values()].some((history) =>
    endsSearch(history.map(({ kind }) => kind === 'invalid')),
  );
}
