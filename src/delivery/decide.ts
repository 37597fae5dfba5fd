import { type ErrantRecord, toRejectedRecord } from '../kafka/errant-record.ts';
import type { Row } from '../rows/row.ts';
import type { JobResults, RowResult } from '../salesforce/result/row-result.ts';
import type { Delivered } from './context.ts';
import { type DecidedRow, type DecisionContext, decideRow } from './decide-row.ts';
import { afterWritten, type KeyQueue, type RejectedRows } from './key-queue.ts';

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

const unprocessed: RowResult = { kind: 'unprocessed' };

/** Decides the outcome of each row of a job of this delivery. */
export function decide(context: DecisionContext, { rows, queues, results }: JobOutcome): Decisions {
  const { jobId, tolerance } = context;
  const decisions: DecidedRow[] = [];
  for (let index = 0; index < rows.length; index++) {
    const [row, queue] = [rows[index] as Row, queues[index] as KeyQueue];
    const result = results.results[index] ?? unprocessed;
    // Most rows are written and the last of their key.
    if (result.kind === 'written' && afterWritten(queue) === null) continue;
    decisions.push(decideRow(context, queue, [row, result]));
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
