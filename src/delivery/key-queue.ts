import type { Columns } from '../csv/columns.ts';
import { type Mergeable, mergeRows } from '../rows/merge.ts';
import type { Row } from '../rows/row.ts';
import type { RowError } from '../salesforce/result/row-error.ts';

/**
 * Rows of one key that are still to be sent, and what the jobs of this invocation have shown of
 * them. A job takes one row of a key, so the first `size` of them go out merged into one. If
 * Salesforce refuses that row, the bad records among them are searched for: one of n costs some
 * log2(n) jobs, and where one after the other is refused with the same error, a handful.
 */
export interface KeyQueue {
  /** Rows of one record each that can be merged, the oldest first; at least one. */
  readonly open: Mergeable;
  /** How many of them the next row is made of. */
  readonly size: number;
  /** A bad one is known to be among the first so many; 0: none is. */
  readonly suspects: number;
  /** The first so many were part of a row that was refused with `rowError`. */
  readonly refused: number;
  readonly rowError: RowError | null;
  /** How many were last refused by themselves in a row, all with `error`. */
  readonly streak: number;
  readonly error: RowError | null;
  /** In how many jobs the next row was sent already. */
  readonly tries: number;
  /** Rows of the key that cannot be merged with the open ones, in the order in which they follow. */
  readonly later: readonly Mergeable[];
}

/** Rows that are errant, and why. */
export interface RefusedRows {
  readonly rows: readonly Row[];
  readonly error: RowError;
  /** False: they were refused as part of a row with others, and not tried by themselves. */
  readonly alone: boolean;
}

/** A queue after a result; null: nothing is left of it. */
export interface Advanced {
  readonly queue: KeyQueue | null;
  readonly errants: readonly RefusedRows[];
}

/** After so many refusals of single records with one error, the rest is taken for refused too. */
const longestStreak = 3;

const untried = {
  ...{ suspects: 0, refused: 0, rowError: null },
  ...{ streak: 0, error: null, tries: 0 },
} as const;

/** Makes the queue of a key's rows; at least one run. */
export function queueOf([open, ...later]: readonly Mergeable[]): KeyQueue {
  const first = open as Mergeable;
  return { open: first, size: first.length, later, ...untried };
}

/** The next row of a queue. */
export function nextRow({ open, size }: KeyQueue, columns: Columns): Row {
  const [first, ...others] = open;
  return mergeRows([first, ...others.slice(0, size - 1)], columns);
}

/** The same row goes out once more. */
export const retried = (queue: KeyQueue): KeyQueue => ({ ...queue, tries: queue.tries + 1 });

/** The queue without its first `count` rows; null: none of the open ones is left. */
function without(queue: KeyQueue, count: number): KeyQueue | null {
  const [first, ...others] = queue.open.slice(count);
  if (first === undefined) return null;
  const refused = Math.max(0, queue.refused - count);
  return { ...queue, open: [first, ...others], refused, tries: 0 };
}

/** The queue of the rows that could not be merged with the open ones; null: there are none. */
const nextRun = ({ later }: KeyQueue): KeyQueue | null =>
  later.length === 0 ? null : queueOf(later);

/** How many rows go next: half of those that a bad one is among, one after a refusal, else all. */
function sized(queue: KeyQueue): KeyQueue {
  const { open, suspects, streak } = queue;
  const isSearching = streak > 0 && streak < longestStreak;
  const size = suspects > 0 ? Math.ceil(suspects / 2) : isSearching ? 1 : open.length;
  return { ...queue, size: Math.min(size, open.length) };
}

/** After the next row was written. */
export function written(queue: KeyQueue): KeyQueue | null {
  const rest = without(queue, queue.size);
  if (rest === null) return nextRun(queue);
  return sized({ ...rest, suspects: Math.max(0, queue.suspects - queue.size), streak: 0 });
}

/** After the records of the next row were given up: attempts or time are used up. */
export function givenUp(queue: KeyQueue): KeyQueue | null {
  const rest = without(queue, queue.size);
  return rest === null ? nextRun(queue) : sized({ ...rest, suspects: 0 });
}

const isSame = (one: RowError | null, other: RowError): boolean =>
  one?.redactedMessage === other.redactedMessage;

/** Whether rows do not all say the same, so that one of them may be good. */
export const isMixed = (rows: readonly Row[]): boolean =>
  new Set(rows.map(({ columns, cells }) => JSON.stringify([columns, cells]))).size > 1;

/** After a row that nothing is left to be searched in: a single record, or several that are equal. */
function refusedAlone(queue: KeyQueue, error: RowError): Advanced {
  const errants = [{ rows: queue.open.slice(0, queue.size), error, alone: true }];
  const rest = without(queue, queue.size);
  if (rest === null) return { queue: nextRun(queue), errants };
  const streak = isSame(queue.error, error) ? queue.streak + 1 : 1;
  return { queue: sized({ ...rest, suspects: 0, streak, error }), errants };
}

/**
 * Takes all but the newest of the rows for refused, since those before them were, one by one, with
 * the same error. The newest is what the row in Salesforce is to become, so it is tried by itself.
 */
function takenForRefused(queue: KeyQueue, error: RowError): Advanced {
  const rows = queue.open.slice(0, queue.size - 1);
  const rest = without(queue, rows.length) as KeyQueue;
  return { queue: { ...rest, size: 1, suspects: 0 }, errants: [{ rows, error, alone: false }] };
}

/** After the next row was refused for good. */
export function refused(queue: KeyQueue, error: RowError): Advanced {
  const rows = queue.open.slice(0, queue.size);
  if (!isMixed(rows)) return refusedAlone(queue, error);
  if (queue.streak >= longestStreak && isSame(queue.error, error)) {
    return takenForRefused(queue, error);
  }
  const size = queue.suspects > 0 ? Math.ceil(queue.size / 2) : 1;
  const isWider = queue.size > queue.refused;
  const known = isWider ? { refused: queue.size, rowError: error } : {};
  // Those that were refused by themselves, with another error, say nothing of these.
  const streak = isSame(queue.error, error) ? queue.streak : 0;
  const next = { ...queue, ...known, error, streak, suspects: queue.size, size, tries: 0 };
  return { queue: next, errants: [] };
}

/**
 * Without time for further jobs nothing is searched any more: what was part of a refused row is
 * errant. The rest of the queue has never been tried.
 */
export function stopped(queue: KeyQueue | null): Advanced {
  if (queue === null || queue.refused === 0 || queue.rowError === null) {
    return { queue, errants: [] };
  }
  const rows = queue.open.slice(0, queue.refused);
  const errants = [{ rows, error: queue.rowError, alone: false }];
  const rest = without(queue, rows.length);
  if (rest === null) return { queue: nextRun(queue), errants };
  return { queue: sized({ ...rest, ...untried }), errants };
}
