import { documentOf } from '../csv/document.ts';
import type { RecordOrigin } from '../kafka/record.ts';
import { groupByKey } from '../rows/merge.ts';
import type { Row } from '../rows/row.ts';
import type { EndedJob } from '../salesforce/job/follow.ts';
import { type QuotableRows, redactJobMessage } from '../salesforce/result/job-message.ts';
import { type Delivered, type DeliveryContext, sentRows, type ToDeliver } from './context.ts';
import { type Decisions, decide } from './decide.ts';
import { jobFailure, rowsFailure } from './job-error.ts';
import { type KeyQueue, nextRow, queueOf } from './key-queue.ts';
import { runNewJob } from './new-job.ts';
import type { RetryWindow } from './outcome-table.ts';

/** Maximum number of jobs of one invocation that may contain the same row. */
const maxTries = 3;

/** Upper bound of the random pause before the first retry, in milliseconds; twice this before later ones. */
const pauseMs = 2_000;

/** What remains to be sent, and the outcome of the rest. */
interface Progress extends Delivered {
  readonly queues: readonly KeyQueue[];
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

/** The queues in the order of their next records in the event. */
function inOrder(
  queues: readonly KeyQueue[],
  places: ReadonlyMap<RecordOrigin, number>,
): KeyQueue[] {
  const placeOf = ({ open }: KeyQueue) => places.get(open[0].records[0] as RecordOrigin) ?? 0;
  return queues.toSorted((one, other) => placeOf(one) - placeOf(other));
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

/** Sends the next row of each queue as one job, and decides their outcomes. */
async function sendNext(
  parts: DeliveryContext,
  { rowRules, event, errants, retried }: ToDeliver,
  progress: Progress,
): Promise<{ readonly progress: Progress; readonly isRetry: boolean }> {
  const { columns } = rowRules;
  const rows = progress.queues.map((queue) => nextRow(queue, columns));
  const known = { state: progress.state, errants: [...errants, ...progress.errants] };
  const document = documentOf(rows, columns);
  const { job: ended, state } = await runNewJob(parts, document, { event, ...known });
  const job = withoutValues(ended, { document, sent: rows.length });
  if (await parts.org.attemptedNothing(job)) {
    parts.org.forgetDescriptions();
    if (job.state === 'Failed') throw jobFailure(job, rows.length);
  }
  const sentJob = { job, sent: rows.length, ...sentRows(rowRules, rows) };
  const results = await parts.org.results(sentJob);
  const { queues } = progress;
  const { errorsTolerance: tolerance } = parts.config;
  const windows = windowsAfter(parts, job, retried);
  const context = { jobId: job.id, tolerance, isDone: rowRules.isDone, ...windows };
  const decided = decide(context, { rows, queues, results });
  throwFailure(parts, job, { ...decided, sent: rows.length });
  return {
    isRetry: decided.isRetry,
    progress: {
      state,
      queues: decided.queues,
      errants: [...progress.errants, ...decided.errants],
      unmatched: [...progress.unmatched, ...decided.unmatched],
    },
  };
}

/**
 * Sends all rows until each is written or errant. They go into one job; rows with a transient error,
 * and rejected rows that were merged from several records, go into further jobs. Throws when Kafka must
 * redeliver the records.
 */
export async function deliver(parts: DeliveryContext, input: ToDeliver): Promise<Delivered> {
  const { runtime, log } = parts;
  const { rows, rowRules, event, state } = input;
  const groups = groupByKey(rows, rowRules.keyOf, rowRules.columns);
  let progress: Progress = { queues: groups.map(queueOf), state, errants: [], unmatched: [] };
  const places = new Map(event.map((record, place) => [record, place] as const));
  let pauses = 0;
  for (let attempt = 1; progress.queues.length > 0; attempt++) {
    if (attempt > 1) log.info('rows sent again', { rows: progress.queues.length, attempt });
    const queues = inOrder(progress.queues, places);
    const round = await sendNext(parts, input, { ...progress, queues });
    progress = round.progress;
    if (!round.isRetry || progress.queues.length === 0) continue;
    pauses += 1;
    await runtime.clock.sleep(Math.round(runtime.random() * pauseMs * Math.min(pauses, 2)));
  }
  return progress;
}
