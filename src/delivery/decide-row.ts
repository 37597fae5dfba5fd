import type { Config } from '../config/config.ts';
import type { Row } from '../rows/row.ts';
import type { RowError } from '../salesforce/result/row-error.ts';
import type { RowResult } from '../salesforce/result/row-result.ts';
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
import { type Outcome, outcomes, type RetryWindow } from './outcome-table.ts';
import { resultKindOf } from './result-kind.ts';

/** What decisions depend on besides results. */
export interface DecisionContext {
  readonly jobId: string;
  readonly tolerance: Config['errorsTolerance'];
  /** Whether an error means that a row is already as its records want it. */
  readonly isDone: (error: RowError, row: Row) => boolean;
  /** Whether there are time and poll steps left for a further job. */
  readonly canRetry: boolean;
  readonly windowOf: (queue: KeyQueue, row: Row) => RetryWindow;
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
interface Decision extends NextQueue {
  readonly outcome: Outcome | 'split';
}

function decision(
  context: DecisionContext,
  queue: KeyQueue,
  [row, result]: readonly [Row, RowResult],
): Decision {
  const { tolerance, windowOf } = context;
  const isDone = (error: RowError) => context.isDone(error, row);
  const kind = resultKindOf(result, isDone);
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

/** The decision about a row, with its result. */
export interface DecidedRow extends Decision {
  /** What a search for bad records that had to end leaves undecided. */
  readonly notSplit: readonly RejectedRows[];
  readonly result: RowResult;
}

/** Decides the outcome of one row by the table in outcome-table.ts, and what of its queue remains to be sent. */
export function decideRow(
  context: DecisionContext,
  queue: KeyQueue,
  [row, result]: readonly [Row, RowResult],
): DecidedRow {
  const decided = decision(context, queue, [row, result]);
  const canContinue = context.canRetry || decided.outcome === 'redeliver';
  if (canContinue) return { ...decided, notSplit: [], result };
  const ended = endSplit(decided.queue);
  return { ...decided, queue: ended.queue, notSplit: ended.errants, result };
}
