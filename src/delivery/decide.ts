import type { Config } from '../config/config.ts';
import { type ErrantRecord, toRejectedRecord } from '../kafka/errant-record.ts';
import type { Row } from '../rows/row.ts';
import type { RowError } from '../salesforce/result/row-error.ts';
import type { JobResults, RowResult } from '../salesforce/result/row-result.ts';
import type { Delivered } from './context.ts';
import {
  dropped,
  type KeyQueue,
  type NextQueue,
  type RefusedRows,
  retried,
  written,
} from './key-queue.ts';
import { isMixed, refused, stopped } from './key-search.ts';
import { kindOf, type Outcome, outcomes, type RetryWindow } from './outcome.ts';

/** What decisions depend on besides results. */
export interface DecisionContext {
  readonly jobId: string;
  readonly tolerance: Config['errorsTolerance'];
  readonly isDone: (error: RowError) => boolean;
  /** Whether there are time and poll steps left for a further job. */
  readonly canRetry: boolean;
  readonly windowOf: (queue: KeyQueue, row: Row) => RetryWindow;
}

/** The rows of a job, the queue of each, and their results. */
export interface JobOutcome {
  readonly rows: readonly Row[];
  readonly queues: readonly KeyQueue[];
  readonly results: JobResults;
}

/** The decisions about the rows of a job. */
export interface Decisions {
  /** What remains to be sent. */
  readonly queues: readonly KeyQueue[];
  readonly errants: readonly ErrantRecord[];
  readonly unmatched: Delivered['unmatched'];
  /** Redacted errors of the refused rows that must fail the flush. */
  readonly refused: readonly string[];
  /** Number of unprocessed rows that must fail the flush. */
  readonly unprocessed: number;
  /** Whether a row failed with a transient error and is sent again. */
  readonly isRetry: boolean;
}

/** The errant records of rows that Salesforce refused. */
export function errantsOf(
  jobId: string,
  { rows, error, wasSentAlone: alone }: RefusedRows,
): ErrantRecord[] {
  const redactedMessage = alone
    ? error.redactedMessage
    : `${error.redactedMessage} (error of the row that it was merged into; the record was not sent alone)`;
  return rows.flatMap(({ records }) =>
    records.map((record) => toRejectedRecord(record, { jobId, ...error, redactedMessage })),
  );
}

/** The decision about one row. */
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

/** Decides the outcome of each row of a job of this delivery, by the table in outcome.ts. */
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
  // With `ERRORS_TOLERANCE=none`, records that can no longer be searched are redelivered.
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
