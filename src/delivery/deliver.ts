import { documentOf } from '../csv/document.ts';
import type { RecordOrigin } from '../kafka/record.ts';
import { groupByKey } from '../rows/merge.ts';
import type { Row } from '../rows/row.ts';
import type { EndedJob } from '../salesforce/job/follow.ts';
import { type QuotableRows, redactJobMessage } from '../salesforce/result/job-message.ts';
import { type Decided, decide } from './decide.ts';
import { type Delivered, type DeliveryParts, sentRows, type ToDeliver } from './delivery-parts.ts';
import { failureOf, wholeFailure } from './failure.ts';
import { type KeyQueue, nextRow, queueOf } from './key-queue.ts';
import { runNewJob } from './new-job.ts';
import type { RetryWindow } from './outcome.ts';

/** Most jobs in one invocation that the same row is sent in. */
const maxTries = 3;

/** The longest pause before a row is sent once more, in milliseconds; it doubles. */
const pauseMs = 2_000;

/** What is still to be sent, and what has become of the rest. */
interface Progress extends Delivered {
  readonly queues: readonly KeyQueue[];
}

/**
 * Says of a row whether there is another attempt after this one, in number and in time. Where there
 * is no time, the ledger lets the next delivery go on with the row; but not with one that failed in
 * passing in an earlier delivery already, or a row that is locked for good would come again for ever.
 */
function windowsAfter(
  { config, org, time }: DeliveryParts,
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

/** The queues in the order of their next records in the event, in which rows of one key are written. */
function inOrder(
  queues: readonly KeyQueue[],
  places: ReadonlyMap<RecordOrigin, number>,
): KeyQueue[] {
  const placeOf = ({ open }: KeyQueue) => places.get(open[0].records[0] as RecordOrigin) ?? 0;
  return queues.toSorted((one, other) => placeOf(one) - placeOf(other));
}

/** Throws what must make Kafka send the records again. */
function check({ config }: DeliveryParts, job: EndedJob, decided: Decided & { sent: number }) {
  const { unmatched, refused, unprocessed, sent } = decided;
  const isTolerated = config.errorsTolerance === 'all';
  const others = isTolerated ? [] : unmatched.map(({ error }) => error.redactedMessage);
  const failure = failureOf(job, sent, { refused: [...refused, ...others], unprocessed });
  if (failure !== null) throw failure;
}

/** The job with its message as it may be logged. */
function withoutValues(job: EndedJob, rows: QuotableRows): EndedJob {
  const { errorMessage } = job;
  return errorMessage === null
    ? job
    : { ...job, errorMessage: redactJobMessage(errorMessage, rows) };
}

/** Sends the next row of each queue as one job, and decides what becomes of them. */
async function sendNext(
  parts: DeliveryParts,
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
    if (job.state === 'Failed') throw wholeFailure(job, rows.length);
  }
  const sent = { job, sent: rows.length, ...sentRows(rowRules, rows) };
  const results = await parts.org.results(sent);
  const { tolerance, isDone } = {
    tolerance: parts.config.errorsTolerance,
    isDone: rowRules.isDone,
  };
  const windows = windowsAfter(parts, job, retried);
  const { queues } = progress;
  const circumstances = { jobId: job.id, tolerance, isDone, ...windows };
  const decided = decide(circumstances, { rows, queues, results });
  check(parts, job, { ...decided, sent: rows.length });
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
 * Brings every row to its end: written, or errant. Rows go into one job, and rows that failed in
 * passing, or of whose records not all may be bad, into further ones. Throws what must make Kafka
 * send the records again.
 */
export async function deliver(parts: DeliveryParts, input: ToDeliver): Promise<Delivered> {
  const { runtime, log } = parts;
  const { rows, rowRules, event, state } = input;
  const groups = groupByKey(rows, rowRules.keyOf, rowRules.columns);
  let progress: Progress = { queues: groups.map(queueOf), state, errants: [], unmatched: [] };
  const places = new Map(event.map((record, place) => [record, place] as const));
  let pauses = 0;
  for (let attempt = 1; progress.queues.length > 0; attempt++) {
    if (attempt > 1) log.info('rows sent again', { rows: progress.queues.length, attempt });
    const queues = inOrder(progress.queues, places);
    const { isRetry, ...sent } = await sendNext(parts, input, { ...progress, queues });
    progress = sent.progress;
    if (!isRetry || progress.queues.length === 0) continue;
    pauses += 1;
    await runtime.clock.sleep(Math.round(runtime.random() * pauseMs * Math.min(pauses, 2)));
  }
  return progress;
}
