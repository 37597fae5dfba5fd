import type { Config } from '../config/config.ts';
import { type ErrantRecord, toRejectedRecord } from '../kafka/errant-record.ts';
import type { Row } from '../rows/row.ts';
import type { RowError } from '../salesforce/result/row-error.ts';
import type { JobResults, RowResult } from '../salesforce/result/row-result.ts';
import type { Delivered } from './context.ts';
import {
  dropped,
  isMixed,
  type KeyQueue,
  type NextQueue,
  type RefusedRows,
  refused,
  retried,
  stopped,
  written,
} from './key-queue.ts';
import { kindOf, type Outcome, outcomes, type RetryWindow } from './outcome.ts';

/** What the decision depends on besides results. */
export interface DecisionContext {
  readonly jobId: string;
  readonly tolerance: Config['errorsTolerance'];
  readonly isDone: (error: RowError) => boolean;
  /** Whether there are time and waits for a further job. */
  readonly canRetry: boolean;
  readonly windowOf: (queue: KeyQueue, row: Row) => RetryWindow;
}

/** The rows of a job, the queue that each is of, and their results. */
export interface JobOutcome {
  readonly rows: readonly Row[];
  readonly queues: readonly KeyQueue[];
  readonly results: JobResults;
}

/** What is done about the rows of a job. */
export interface Decisions {
  /** What is still to be sent. */
  readonly queues: readonly KeyQueue[];
  readonly errants: readonly ErrantRecord[];
  readonly unmatched: Delivered['unmatched'];
  /** Of the refused rows that must fail the flush: their errors, without values. */
  readonly refused: readonly string[];
  /** How many rows nobody attempted, and that must fail the flush. */
  readonly unprocessed: number;
  /** Whether a row failed in passing and is sent once more. */
  readonly isRetry: boolean;
}

/** The errant records of rows that Salesforce refused. */
export function errantsOf(
  jobId: string,
  { rows, error, wasSentAlone: alone }: RefusedRows,
): ErrantRecord[] {
  const redactedMessage = alone
    ? error.redactedMessage
    : `${error.redactedMessage} (of the row that it was merged into; it was not tried by itself)`;
  return rows.flatMap(({ records }) =>
    records.map((record) => toRejectedRecord(record, { jobId, ...error, redactedMessage })),
  );
}

/** What is done about one row. */
interface RowDecision extends NextQueue {
  readonly outcome: Outcome | 'search';
}

function decideRow(
  { tolerance, isDone, windowOf }: DecisionContext,
  queue: KeyQueue,
  [row, result]: readonly [Row, RowResult],
): RowDecision {
  const kind = kindOf(result, isDone);
  const window = windowOf(queue, row);
  const open = queue.open.slice(0, queue.size);
  const outcome = outcomes[tolerance][kind][window];
  if (result.kind === 'failed' && kind === 'rejected') {
    const isSearched = tolerance === 'all' || (window === 'can-retry' && isMixed(open));
    if (isSearched) return { outcome: 'search', ...refused(queue, result.error) };
  }
  const isDoneAtLast = outcome !== 'retry' && result.kind === 'failed' && isDone(result.error);
  if (outcome === 'written' || isDoneAtLast)
    return { outcome: 'written', queue: written(queue), errants: [] };
  if (outcome === 'errant' && result.kind === 'failed') {
    const errants = [{ rows: open, error: result.error, wasSentAlone: open.length === 1 }];
    return { outcome, queue: dropped(queue), errants };
  }
  return { outcome, queue: retried(queue), errants: [] };
}

/** Decides by the table of outcomes what becomes of each row of a job of this delivery. */
export function decide(
  circumstances: DecisionContext,
  { rows, queues, results }: JobOutcome,
): Decisions {
  const { jobId, tolerance, canRetry } = circumstances;
  const decisions = rows.map((row, index) => {
    const result = results.results[index] ?? ({ kind: 'unprocessed' } as const);
    const decision = decideRow(circumstances, queues[index] as KeyQueue, [row, result]);
    const goesOn = canRetry || decision.outcome === 'redeliver';
    const end = goesOn ? { queue: decision.queue, errants: [] } : stopped(decision.queue);
    return { ...decision, queue: end.queue, unsearched: end.errants, result };
  });
  const unsearched = decisions.flatMap((decision) => decision.unsearched);
  const fatal = decisions.filter(({ outcome }) => outcome === 'redeliver');
  const errors = fatal.flatMap(({ result }) =>
    result.kind === 'failed' ? [result.error.redactedMessage] : [],
  );
  const errants = decisions.flatMap((decision) => decision.errants);
  // Where none is tolerated, records that nobody can search any more come again.
  const isTolerated = tolerance === 'all';
  const unsettled = isTolerated ? [] : unsearched.map(({ error }) => error.redactedMessage);
  const ended = isTolerated ? [...errants, ...unsearched] : errants;
  return {
    queues: decisions.flatMap(({ queue }) => queue ?? []),
    errants: ended.flatMap((one) => errantsOf(jobId, one)),
    unmatched: results.unmatched.map((unmatched) => ({ ...unmatched, jobId })),
    refused: [...errors, ...unsettled],
    unprocessed: fatal.length - errors.length,
    isRetry: decisions.some(({ outcome }) => outcome === 'retry'),
  };
}
