import { documentOf } from '../csv/document.ts';
import type { RecordOrigin } from '../kafka/record.ts';
import type { Row } from '../rows/row.ts';
import type { JobOperation } from '../salesforce/job/ingest-api.ts';
import type { EndedJob } from '../salesforce/job/job-info.ts';
import { type QuotableRows, redactJobMessage } from '../salesforce/result/job-message.ts';
import type { RowError } from '../salesforce/result/row-error.ts';
import type { RowResult } from '../salesforce/result/row-result.ts';
import {
  type Delivered,
  type DeliveryContext,
  type RowRules,
  sentRows,
  type ToDeliver,
} from './context.ts';
import { type Decisions, decide } from './decide.ts';
import { jobFailure, rowsFailure } from './job-error.ts';
import type { KeyQueue } from './key-queue.ts';
import { runNewJob } from './new-job.ts';
import type { RetryWindow } from './outcome-table.ts';
import { replacedIn } from './replaced-by-delete.ts';

/** Maximum number of jobs of one invocation that may contain the same row. */
const maxTries = 3;

/** Upper bound of the random pause before the first retry, in milliseconds; twice this before later ones. */
export const pauseMs = 2_000;

/** What remains to be sent, and the outcome of the rest. */
export interface Progress extends Delivered {
  readonly queues: readonly KeyQueue[];
  /** Records of deletes that are done. */
  readonly deleted: readonly RecordOrigin[];
}

/** The rows of one job, the queue of each, and how their results are read. */
export interface JobToSend {
  readonly operation: JobOperation;
  readonly rows: readonly Row[];
  readonly queues: readonly KeyQueue[];
  readonly rules: RowRules;
}

/**
 * Returns the retry window of rows after a job: whether attempts and time are left. With no time left,
 * a ledger allows one more attempt in the next delivery. Only one, or a permanently locked row would be
 * redelivered forever.
 */
function windowsAfter(
  { config, org, time }: DeliveryContext,
  { tookMs }: EndedJob,
  retriedBefore: ReadonlySet<RecordOrigin>,
): { readonly canRetry: boolean; readonly windowOf: (queue: KeyQueue, row: Row) => RetryWindow } {
  const hasTime = time.waits.left() > pauseMs * 2 + (tookMs ?? 0);
  const canRetry = hasTime && org.load.waits < config.pollMaxSteps;
  const windowOf = ({ tries }: KeyQueue, { records }: Row): RetryWindow => {
    if (tries + 1 >= maxTries) return 'exhausted';
    if (canRetry) return 'can-retry';
    const isNew = !records.some((record) => retriedBefore.has(record));
    return config.ledgerTable !== null && isNew ? 'next-delivery' : 'exhausted';
  };
  return { canRetry, windowOf };
}

/** Throws the error that makes Kafka redeliver the records, if there is one. */
function throwFailure(
  { config }: DeliveryContext,
  job: EndedJob,
  decided: Decisions & { sent: number },
) {
  const { unmatched, rejected, unprocessed, sent } = decided;
  const isTolerated = config.errorsTolerance === 'all';
  const others = isTolerated ? [] : unmatched.map(({ error }) => error.redactedMessage);
  const failure = rowsFailure(job, sent, { rejected: [...rejected, ...others], unprocessed });
  if (failure !== null) throw failure;
}

/** The job with its message redacted for logs. */
function withoutValues(job: EndedJob, rows: QuotableRows): EndedJob {
  const { errorMessage } = job;
  return errorMessage === null
    ? job
    : { ...job, errorMessage: redactJobMessage(errorMessage, rows) };
}

/** Sends rows as one job, and reads what became of them. */
async function run(
  parts: DeliveryContext,
  { operation, rows, rules }: JobToSend,
  { event, errants, progress }: ToDeliver & { readonly progress: Progress },
) {
  const document = documentOf(rows, rules.columns);
  const { state: before, deleted } = progress;
  const update = { event, state: before, errants: [...errants, ...progress.errants], deleted };
  const { job: ended, state } = await runNewJob(parts, { document, operation }, update);
  const job = withoutValues(ended, { document, sent: rows.length });
  if (await parts.org.attemptedNothing(job)) {
    parts.org.clearDescriptions();
    if (job.state === 'Failed') throw jobFailure(job, rows.length);
  }
  const results = await parts.org.results({ job, sent: rows.length, ...sentRows(rules, rows) });
  return { job, state, results };
}

/** The records of a delete job whose rows are gone. */
function deletedBy({ rows, rules }: JobToSend, results: readonly RowResult[]): RecordOrigin[] {
  return rows.flatMap(({ records }, index) => {
    const result = results[index];
    const isDone = result?.kind === 'failed' && rules.isDone(result.error);
    return result?.kind === 'written' || isDone ? records : [];
  });
}

/**
 * Sends rows as one job, and decides the outcome of each. Throws when Kafka must redeliver the
 * records.
 */
export async function sendJob(
  parts: DeliveryContext,
  toSend: JobToSend,
  input: ToDeliver & { readonly progress: Progress },
): Promise<{ readonly progress: Progress; readonly isRetry: boolean }> {
  const { config } = parts;
  const { rows, queues, rules, operation } = toSend;
  const { progress, retried } = input;
  const { job, state, results } = await run(parts, toSend, input);
  const windows = windowsAfter(parts, job, retried);
  const isReplaced = replacedIn(state);
  const isDone = (error: RowError, { records }: Row) =>
    rules.isDone(error) || isReplaced(error, records);
  const context = { jobId: job.id, tolerance: config.errorsTolerance, isDone, ...windows };
  const decided = decide(context, { rows, queues, results });
  throwFailure(parts, job, { ...decided, sent: rows.length });
  const deletes = operation !== config.operation;
  const deleted = deletes ? deletedBy(toSend, results.results) : [];
  return {
    isRetry: decided.isRetry,
    progress: {
      state,
      queues: decided.queues,
      errants: [...progress.errants, ...decided.errants],
      unmatched: [...progress.unmatched, ...decided.unmatched],
      deleted: [...progress.deleted, ...deleted],
    },
  };
}
