import type { Row } from '../rows/row.ts';
import type { RowError } from '../salesforce/result/row-error.ts';
import {
  type KeyQueue,
  longestStreak,
  type NextQueue,
  nextRun,
  sized,
  untried,
  without,
} from './key-queue.ts';

const isSame = (one: RowError | null, other: RowError): boolean =>
  one?.redactedMessage === other.redactedMessage;

/** Whether rows differ, so that one of them may be good. */
export const isMixed = (rows: readonly Row[]): boolean =>
  new Set(rows.map(({ columns, cells }) => JSON.stringify([columns, cells]))).size > 1;

/** The queue after a rejected row that cannot be split: a single record, or equal records. */
function afterSingleRejection(queue: KeyQueue, error: RowError): NextQueue {
  const errants = [{ rows: queue.open.slice(0, queue.size), error, wasSentAlone: true }];
  const rest = without(queue, queue.size);
  if (rest === null) return { queue: nextRun(queue), errants };
  const streak = isSame(queue.error, error) ? queue.streak + 1 : 1;
  return { queue: sized({ ...rest, suspects: 0, streak, error }), errants };
}

/**
 * Assumes that all rows but the newest are rejected, since single records before them were, with the
 * same error. The newest is sent alone: it decides what the row in Salesforce becomes.
 */
function assumeRejected(queue: KeyQueue, error: RowError): NextQueue {
  const rows = queue.open.slice(0, queue.size - 1);
  const rest = without(queue, rows.length) as KeyQueue;
  return {
    queue: { ...rest, size: 1, suspects: 0 },
    errants: [{ rows, error, wasSentAlone: false }],
  };
}

/** The queue after its row was permanently rejected. */
export function afterRejection(queue: KeyQueue, error: RowError): NextQueue {
  const rows = queue.open.slice(0, queue.size);
  if (!isMixed(rows)) return afterSingleRejection(queue, error);
  if (queue.streak >= longestStreak && isSame(queue.error, error)) {
    return assumeRejected(queue, error);
  }
  const size = queue.suspects > 0 ? Math.ceil(queue.size / 2) : 1;
  const isWider = queue.size > queue.rejected;
  const rejection = isWider ? { rejected: queue.size, rowError: error } : {};
  // Earlier refusals with another error say nothing about these records.
  const streak = isSame(queue.error, error) ? queue.streak : 0;
  const next = { ...queue, ...rejection, error, streak, suspects: queue.size, size, tries: 0 };
  return { queue: next, errants: [] };
}

/**
 * Ends the search when there is no time for further jobs: rows that were part of a rejected row are
 * errant; the rest of the queue has not been sent.
 */
export function endSplit(queue: KeyQueue | null): NextQueue {
  if (queue === null || queue.rejected === 0 || queue.rowError === null) {
    return { queue, errants: [] };
  }
  const rows = queue.open.slice(0, queue.rejected);
  const errants = [{ rows, error: queue.rowError, wasSentAlone: false }];
  const rest = without(queue, rows.length);
  if (rest === null) return { queue: nextRun(queue), errants };
  return { queue: sized({ ...rest, ...untried }), errants };
}
