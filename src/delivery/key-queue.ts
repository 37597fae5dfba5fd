import type { Columns } from '../csv/columns.ts';
import { type Mergeable, mergeRows } from '../rows/merge.ts';
import type { Row } from '../rows/row.ts';
import type { RowError } from '../salesforce/result/row-error.ts';

/**
 * Rows of one key that remain to be sent, and what the jobs of this invocation have shown about them.
 * A job takes one row for each key, so the first `size` rows are merged into one. If Salesforce refuses
 * it, the bad records are found by bisection: one bad record of n takes about log2(n) jobs, and
 * records that are all rejected with one error take a handful.
 */
export interface KeyQueue {
  /** Rows of one record each that can be merged, oldest first; at least one. */
  readonly open: Mergeable;
  /** How many of them the next row is merged from. */
  readonly size: number;
  /** At least one of the first `suspects` rows is bad; 0: none is known to be. */
  readonly suspects: number;
  /** The first `rejected` rows were part of a row that was rejected with `rowError`. */
  readonly rejected: number;
  readonly rowError: RowError | null;
  /** How many single records were rejected in succession, all with `error`. */
  readonly streak: number;
  readonly error: RowError | null;
  /** Number of jobs that have contained the next row. */
  readonly tries: number;
  /** Later rows of the key that cannot be merged with `open`, in their order. */
  readonly later: readonly Mergeable[];
}

/** Errant rows and their error. */
export interface RejectedRows {
  readonly rows: readonly Row[];
  readonly error: RowError;
  /** False if the error is that of a row which they were merged into. */
  readonly wasSentAlone: boolean;
}

/** The state of a queue after a result; null: the queue is empty. */
export interface NextQueue {
  readonly queue: KeyQueue | null;
  readonly errants: readonly RejectedRows[];
}

/** After this many successive refusals with one error, the remaining records are assumed to be rejected. */
export const longestStreak = 3;

/** The state of rows that no job has contained. */
export const untried = {
  suspects: 0,
  rejected: 0,
  rowError: null,
  streak: 0,
  error: null,
  tries: 0,
} as const;

const noRuns: readonly Mergeable[] = [];

/** Creates the queue of a key from its runs of mergeable rows, at least one. */
export function queueOf(runs: readonly Mergeable[]): KeyQueue {
  const open = runs[0] as Mergeable;
  const later = runs.length === 1 ? noRuns : runs.slice(1);
  return { open, size: open.length, later, ...untried };
}

/** Merges the next row of a queue. */
export function nextRow({ open, size }: KeyQueue, columns: Columns): Row {
  if (size === 1) return open[0];
  const [first, ...others] = open;
  return mergeRows([first, ...others.slice(0, size - 1)], columns);
}

/** The queue when its row is sent again. */
export const afterRetry = (queue: KeyQueue): KeyQueue => ({ ...queue, tries: queue.tries + 1 });

/** The queue without its first `count` rows; null: no open row is left. */
export function without(queue: KeyQueue, count: number): KeyQueue | null {
  if (count >= queue.open.length) return null;
  const open = queue.open.slice(count) as unknown as Mergeable;
  return { ...queue, open, rejected: Math.max(0, queue.rejected - count), tries: 0 };
}

/** The queue of the next run; null: there is none. */
export const nextRun = ({ later }: KeyQueue): KeyQueue | null =>
  later.length === 0 ? null : queueOf(later);

/** Sets the size of the next row: half of the suspects, one after a refusal, else all. */
export function sized(queue: KeyQueue): KeyQueue {
  const { open, suspects, streak } = queue;
  const isSearching = streak > 0 && streak < longestStreak;
  const size = suspects > 0 ? Math.ceil(suspects / 2) : isSearching ? 1 : open.length;
  return { ...queue, size: Math.min(size, open.length) };
}

/** The queue after its row was written. */
export function afterWritten(queue: KeyQueue): KeyQueue | null {
  const rest = without(queue, queue.size);
  if (rest === null) return nextRun(queue);
  return sized({ ...rest, suspects: Math.max(0, queue.suspects - queue.size), streak: 0 });
}

/** The queue after its row was dropped because attempts or time are used up. */
export function afterGivingUp(queue: KeyQueue): KeyQueue | null {
  const rest = without(queue, queue.size);
  return rest === null ? nextRun(queue) : sized({ ...rest, suspects: 0 });
}
