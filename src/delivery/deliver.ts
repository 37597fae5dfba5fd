import type { RecordOrigin } from '../kafka/record.ts';
import { groupByKey } from '../rows/merge.ts';
import type { Delivered, DeliveryContext, ToDeliver } from './context.ts';
import { deletesNext } from './delete-queue.ts';
import { deleteRules, locateDeletes } from './deletes.ts';
import { type KeyQueue, nextRow, queueOf } from './key-queue.ts';
import { type Progress, pauseMs, sendJob } from './send-job.ts';
import { checkTolerance } from './tolerance.ts';

/** The queues in the order of their next records in the event. */
function inOrder(queues: readonly KeyQueue[], event: readonly RecordOrigin[]): KeyQueue[] {
  const places = new Map(event.map((record, place) => [record, place] as const));
  const placeOf = ({ open }: KeyQueue) => places.get(open[0].records[0] as RecordOrigin) ?? 0;
  return queues.toSorted((one, other) => placeOf(one) - placeOf(other));
}

/** What a job left, and whether a row failed with a transient error and is sent again. */
interface Sent {
  readonly progress: Progress;
  readonly isRetry: boolean;
}

/** Sends the next row of each queue as one job of the sink's operation. */
function sendRows(parts: DeliveryContext, input: ToDeliver, progress: Progress): Promise<Sent> {
  const { rowRules: rules } = input;
  const { queues } = progress;
  const rows = queues.map((queue) => nextRow(queue, rules.columns));
  const { operation } = parts.config;
  return sendJob(parts, { operation, rows, queues, rules }, { ...input, progress });
}

/** Deletes the next row of each queue in one job; without a job if none of them exists. */
async function sendDeletes(
  parts: DeliveryContext,
  input: ToDeliver,
  progress: Progress,
): Promise<Sent> {
  const { config, org, log } = parts;
  const { rowRules, event } = input;
  const deletes = progress.queues.map(
    (queue) => [nextRow(queue, rowRules.columns), queue] as const,
  );
  const located = await locateDeletes(deletes, rowRules, { org, object: config.object });
  const { rows, queues, others, done, errants } = located;
  if (done.length > 0) {
    // Also of rows that the run-as user cannot see, which a query does not tell from rows that are gone.
    log.info('rows to delete not found', { object: config.object, records: done.length });
  }
  const received = event.length;
  const { jobs } = org.load;
  checkTolerance({ received, errants, jobs, tolerance: config.errorsTolerance });
  const before: Progress = {
    ...progress,
    queues,
    errants: [...progress.errants, ...errants],
    deleted: [...progress.deleted, ...done],
  };
  if (rows.length === 0) return { progress: { ...before, queues: others }, isRetry: false };
  const toSend = { operation: 'delete', rows, queues, rules: deleteRules(rowRules) } as const;
  const sent = await sendJob(parts, toSend, { ...input, progress: before });
  const left = [...others, ...sent.progress.queues];
  return { ...sent, progress: { ...sent.progress, queues: left } };
}

/** The jobs of a round: rows that are deleted and made again are deleted first. */
const jobs = [
  { takes: deletesNext, send: sendDeletes },
  { takes: (queue: KeyQueue) => !deletesNext(queue), send: sendRows },
] as const;

/** Sends the next row of each queue, deletes first. */
async function sendRound(
  parts: DeliveryContext,
  input: ToDeliver & { readonly isFirst: boolean },
  given: Progress,
): Promise<Sent> {
  let progress = given;
  let isRetry = false;
  for (const { takes, send } of jobs) {
    const those = progress.queues.filter(takes);
    if (those.length === 0) continue;
    // At first the queues are in the order of their groups, which is that of the event.
    const queues = input.isFirst ? those : inOrder(those, input.event);
    const isAll = those.length === progress.queues.length;
    const others = isAll ? [] : progress.queues.filter((queue) => !takes(queue));
    const sent = await send(parts, input, { ...progress, queues });
    progress = { ...sent.progress, queues: [...others, ...sent.progress.queues] };
    isRetry ||= sent.isRetry;
  }
  return { progress, isRetry };
}

/**
 * Sends all rows until each is written, deleted or errant: deletes in one job, then the others in
 * one. Rows with a transient error, and rejected rows that were merged from several records, go into
 * further jobs. Throws when Kafka must redeliver the records.
 */
export async function deliver(parts: DeliveryContext, input: ToDeliver): Promise<Delivered> {
  const { runtime, log } = parts;
  const { rows, rowRules, state } = input;
  const groups = groupByKey(rows, rowRules.keyOf, rowRules.columns);
  const queues = groups.map(queueOf);
  let progress: Progress = { queues, state, errants: [], unmatched: [], deleted: [] };
  let pauses = 0;
  for (let attempt = 1; progress.queues.length > 0; attempt++) {
    if (attempt > 1) log.info('rows sent again', { rows: progress.queues.length, attempt });
    const sent = await sendRound(parts, { ...input, isFirst: attempt === 1 }, progress);
    progress = sent.progress;
    if (!sent.isRetry || progress.queues.length === 0) continue;
    pauses += 1;
    await runtime.clock.sleep(Math.round(runtime.random() * pauseMs * Math.min(pauses, 2)));
  }
  return progress;
}
