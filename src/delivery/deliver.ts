import { documentOf } from '../csv/document.ts';
import type { Draft } from '../csv/draft.ts';
import { nextRows } from '../csv/merge.ts';
import type { RecordOrigin } from '../kafka/record.ts';
import { failedAsAWhole, wholeFailure } from '../settle/failure.ts';
import type { Moment } from '../settle/verdict.ts';
import type { Delivered, DeliveryParts } from './delivery-parts.ts';
import { earlierJobs } from './earlier-jobs.ts';
import { judge } from './judge.ts';
import { runNewJob } from './new-job.ts';
import { after, type Progress, type ToDeliver } from './progress.ts';
import { settleEarlier } from './settle-earlier.ts';

/** Most jobs in one invocation that a record is sent in. */
const maxTries = 3;

/** The longest pause before the first further job, in milliseconds; it doubles. */
const pauseMs = 2_000;

/**
 * Says of a row whether there is another attempt after this one, in number and in time. Where there
 * is no time, the ledger lets the next delivery go on with the row; but not with one that comes from
 * an earlier delivery already, or a row that is locked for good would come again for ever.
 */
function momentsAfter(
  { config, org, time }: DeliveryParts,
  { tries, again }: Pick<Progress, 'tries' | 'again'>,
  tookMs: number | null,
): (row: Draft) => Moment {
  const hasTime = time.waits.left() > pauseMs * 2 + (tookMs ?? 0);
  const canGoOn = hasTime && org.load.waits < config.pollMaxSteps;
  return ({ records }) => {
    const tried = Math.max(...records.map((record) => tries.get(record)?.times ?? 0));
    if (tried >= maxTries) return 'last';
    if (canGoOn) return 'early';
    const isNew = !records.some((record) => again.has(record));
    return config.ledgerTable !== null && isNew ? 'late' : 'last';
  };
}

/** The tries after these rows were sent. */
function triedWith(tries: Progress['tries'], rows: readonly Draft[]): Progress['tries'] {
  const next = new Map(tries);
  for (const { records, share } of rows) {
    for (const record of records) {
      const known = next.get(record);
      next.set(record, { share, times: known?.share === share ? known.times + 1 : 1 });
    }
  }
  return next;
}

/** Sends what one job can take of the rows that are left, and judges them. */
async function send(
  parts: DeliveryParts,
  { columns, event, keyOf }: ToDeliver,
  progress: Progress,
): Promise<Progress> {
  const { rows, later } = nextRows(progress.todo, keyOf, columns);
  const document = documentOf(rows, columns);
  const { job, memory } = await runNewJob(parts, { document, event, memory: progress.memory });
  if (failedAsAWhole(job)) {
    parts.org.forgetDescriptions();
    throw wholeFailure(job, rows.length);
  }
  const owned = new Set(rows.flatMap(({ records }) => records));
  const tries = triedWith(progress.tries, rows);
  const momentOf = momentsAfter(parts, { ...progress, tries }, job.tookMs);
  const standing = (row: Draft) => ({ moment: momentOf(row), hidesOthers: false });
  const judged = await judge(parts, { job, rows, columns, sent: rows.length, standing, owned });
  return after({ ...progress, memory, tries, todo: later }, judged);
}

/** Rows in the order of their records in the event, in which rows of one key are written. */
function inOrder(todo: readonly Draft[], event: readonly RecordOrigin[]): Draft[] {
  const places = new Map(event.map((record, place) => [record, place] as const));
  const placeOf = ({ records }: Draft) => places.get(records[0] as RecordOrigin) ?? 0;
  return todo.toSorted((one, other) => placeOf(one) - placeOf(other));
}

/**
 * Brings every row to its end: written, or errant. Rows of jobs that an earlier delivery made are
 * settled by those jobs; the others go into a new one, and rows that failed in passing into further
 * ones, each record at most three times, if its row is not taken apart. Throws what must make Kafka
 * send the records again.
 */
export async function deliver(parts: DeliveryParts, input: ToDeliver): Promise<Delivered> {
  const { edges, log } = parts;
  const earlier = await earlierJobs(parts, input.event, input.memory);
  let progress = await settleEarlier(parts, input, earlier);
  for (let attempt = 1; progress.todo.length > 0; attempt++) {
    if (attempt > 1) {
      log.info('rows sent again', { rows: progress.todo.length, attempt });
      await edges.clock.sleep(Math.round(edges.random() * pauseMs * Math.min(attempt - 1, 2)));
    }
    const todo = inOrder(progress.todo, input.event);
    progress = await send(parts, input, { ...progress, todo });
  }
  return progress;
}
