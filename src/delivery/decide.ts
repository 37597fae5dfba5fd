import type { Config } from '../config/config.ts';
import { type ErrantRecord, toRejectedRecord } from '../kafka/errant-record.ts';
import type { Row } from '../rows/row.ts';
import type { RowError } from '../salesforce/result/row-error.ts';
import type { JobResults, RowResult } from '../salesforce/result/row-result.ts';
import type { Delivered } from './context.ts';
import { afterRefusedDelete, deletesNext } from './delete-queue.ts';
import {
  afterGivingUp,
  afterRetry,
  afterWritten,
  type KeyQueue,
  type NextQueue,
  type RejectedRows,
} from './key-queue.ts';
import { afterRejection, endSplit, isMixed } from './key-search.ts';
import { kindOf, type Outcome, outcomes, type RetryWindow } from './outcome-table.ts';

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
  /** Redacted errors of the rejected rows because of which the flush fails. */
  readonly rejected: readonly string[];
  /** Number of unprocessed rows because of which the flush fails. */
  readonly unprocessed: number;
  /** Whether a row failed with a transient error and is sent again. */
  readonly isRetry: boolean;
}

/** The errant records of rows that Salesforce rejected. */
export function errantsOf(
  jobId: string,
  { rows, error, wasSentAlone: alone }: RejectedRows,
): ErrantRecord[] {
  const redactedMessage = alone
    ? error.redactedMessage
    : `${error.redactedMessage} (error of the row that it was merged into; the record was not sent alone)`;
  return rows.flatMap(({ records }) =>
    records.map((record) => toRejectedRecord(record, { jobId, ...error, redactedMessage })),
  );
}

/** The queue after a delete failed for good; of its deletes only the last was sent. */
function afterDeleteError(queue: KeyQueue, error: RowError): NextQueue {
  const refused = afterRefusedDelete(queue);
  const errants = refused.deletes.map((row, index) => {
    return { rows: [row], error, wasSentAlone: index === refused.deletes.length - 1 };
  });
  return { queue: refused.queue, errants };
}

/** The queue after its row failed for good and is not split. */
function afterError(queue: KeyQueue, error: RowError): NextQueue {
  if (deletesNext(queue)) return afterDeleteError(queue, error);
  const rows = queue.open.slice(0, queue.size);
  const errants = [{ rows, error, wasSentAlone: rows.length === 1 }];
  return { queue: afterGivingUp(queue), errants };
}

/** Whether the bad records of a rejected row are searched. A delete stands for its last record alone. */
function isSplit(queue: KeyQueue, { tolerance }: DecisionContext, window: RetryWindow): boolean {
  if (deletesNext(queue)) return false;
  const open = queue.open.slice(0, queue.size);
  return tolerance === 'all' || (window === 'can-retry' && isMixed(open));
}

/** The decision about one row. */
interface RowDecision extends NextQueue {
  readonly outcome: Outcome | 'split';
}

function decideRow(
  context: DecisionContext,
  queue: KeyQueue,
  [row, result]: readonly [Row, RowResult],
): RowDecision {
  const { tolerance, isDone, windowOf } = context;
  const kind = kindOf(result, isDone);
  const window = windowOf(queue, row);
  const outcome = outcomes[tolerance][kind][window];
  if (result.kind === 'failed' && kind === 'rejected' && isSplit(queue, context, window)) {
    return { outcome: 'split', ...afterRejection(queue, result.error) };
  }
  const isDoneAtLast = outcome !== 'retry' && result.kind === 'failed' && isDone(result.error);
  if (outcome === 'written' || isDoneAtLast)
    return { outcome: 'written', queue: afterWritten(queue), errants: [] };
  if (outcome === 'errant' && result.kind === 'failed') {
    return { outcome, ...afterError(queue, result.error) };
  }
  return { outcome, queue: afterRetry(queue), errants: [] };
}

/** The decision, with the errant records of a search for bad records that had to end. */
interface DecidedRow extends RowDecision {
  readonly notSplit: readonly RejectedRows[];
  readonly result: RowResult;
}

const unprocessed: RowResult = { kind: 'unprocessed' };

/** Decides the outcome of each row of a job of this delivery, by the table in outcome-table.ts. */
export function decide(context: DecisionContext, { rows, queues, results }: JobOutcome): Decisions {
  const { jobId, tolerance, canRetry } = context;
  const decisions: DecidedRow[] = [];
  for (let index = 0; index < rows.length; index++) {
    const [row, queue] = [rows[index] as Row, queues[index] as KeyQueue];
    const result = results.results[index] ?? unprocessed;
    // Most rows are written and the last of their key.
    if (result.kind === 'written' && afterWritten(queue) === null) continue;
    const decision = decideRow(context, queue, [row, result]);
    const canContinue = canRetry || decision.outcome === 'redeliver';
    const afterStop = canContinue
      ? { queue: decision.queue, errants: [] }
      : endSplit(decision.queue);
    decisions.push({ ...decision, queue: afterStop.queue, notSplit: afterStop.errants, result });
  }
  const notSplit = decisions.flatMap((decision) => decision.notSplit);
  const toRedeliver = decisions.filter(({ outcome }) => outcome === 'redeliver');
  const errors = toRedeliver.flatMap(({ result }) =>
    result.kind === 'failed' ? [result.error.redactedMessage] : [],
  );
  const errants = decisions.flatMap((decision) => decision.errants);
  // With `ERRORS_TOLERANCE=none`, records of a merged row that can no longer be split are redelivered.
  const isTolerated = tolerance === 'all';
  const untolerated = isTolerated ? [] : notSplit.map(({ error }) => error.redactedMessage);
  const ended = isTolerated ? [...errants, ...notSplit] : errants;
  return {
    queues: decisions.flatMap(({ queue }) => queue ?? []),
    errants: ended.flatMap((one) => errantsOf(jobId, one)),
    unmatched: results.unmatched.map((unmatched) => ({ ...unmatched, jobId })),
    rejected: [...errors, ...untolerated],
    unprocessed: toRedeliver.length - errors.length,
    isRetry: decisions.some(({ outcome }) => outcome === 'retry'),
  };
}
