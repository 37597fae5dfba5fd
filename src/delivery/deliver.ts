import type { Columns } from '../csv/columns.ts';
import { documentOf } from '../csv/document.ts';
import type { Draft } from '../csv/draft.ts';
import type { RecordOrigin } from '../kafka/record.ts';
import type { Memory } from '../ledger/memory.ts';
import { failedAsAWhole, wholeFailure } from '../settle/failure.ts';
import type { Moment } from '../settle/verdict.ts';
import type { Delivered, DeliveryParts } from './delivery-parts.ts';
import { type EarlierJobs, earlierJobs } from './earlier-jobs.ts';
import { judge } from './judge.ts';
import { runNewJob } from './new-job.ts';

/** The usable rows of a flush, and what the ledger remembers. */
export interface ToDeliver {
  readonly drafts: readonly Draft[];
  readonly columns: Columns;
  /** All records of the event. */
  readonly event: readonly RecordOrigin[];
  readonly memory: Memory;
}

/** Most jobs in one invocation that a row is sent in. */
const maxAttempts = 3;

/** The longest pause before the first further job, in milliseconds; it doubles. */
const pauseMs = 2_000;

/** What has become of the rows so far, and those that are still to be sent. */
interface Progress extends Delivered {
  readonly todo: readonly Draft[];
}

/** The rows of these records; a record that has none is errant already. */
function draftsOf(drafts: readonly Draft[], records: readonly RecordOrigin[]): Draft[] {
  const wanted = new Set(records);
  return drafts.filter((draft) => draft.records.some((record) => wanted.has(record)));
}

/** Settles what jobs of earlier deliveries have become; the rest is still to be sent. */
async function settleEarlier(
  parts: DeliveryParts,
  { drafts, columns }: ToDeliver,
  { memory, plan, jobs }: EarlierJobs,
): Promise<Progress> {
  const fresh = draftsOf(drafts, plan.fresh);
  let progress: Progress = { memory, errants: [], strays: [], todo: [] };
  for (const { job, known } of jobs) {
    const rows = draftsOf(drafts, known.carried);
    if (rows.length === 0) continue;
    const owned = new Set(known.owned);
    const ended = { job, rows, columns, sent: known.rows, moment: 'earlier', owned } as const;
    const { errants, strays, again } = await judge(parts, ended);
    progress = {
      memory,
      errants: [...progress.errants, ...errants],
      strays: [...progress.strays, ...strays],
      todo: [...progress.todo, ...again],
    };
  }
  return { ...progress, todo: [...progress.todo, ...fresh] };
}

/** Whether there is another attempt after this one, in number and in time. */
function momentOf({ config, time }: DeliveryParts, attempt: number, tookMs: number | null): Moment {
  if (attempt === maxAttempts) return 'last';
  const longestPause = pauseMs * 2 ** (attempt - 1);
  if (time.waits.left() > longestPause + (tookMs ?? 0)) return 'early';
  const repeatsNothing = config.ledgerTable !== null || config.recordIdField !== null;
  return repeatsNothing ? 'late' : 'last';
}

/** Sends the rows that are left in one job, and judges them. */
async function send(
  parts: DeliveryParts,
  { columns, event }: ToDeliver,
  { progress, attempt }: { progress: Progress; attempt: number },
): Promise<Progress> {
  const { todo: rows } = progress;
  const document = documentOf(rows, columns);
  const { job, memory } = await runNewJob(parts, { document, event, memory: progress.memory });
  if (failedAsAWhole(job)) throw wholeFailure(job, rows.length);
  const moment = momentOf(parts, attempt, job.tookMs);
  const owned = new Set(rows.flatMap(({ records }) => records));
  const judged = await judge(parts, { job, rows, columns, sent: rows.length, moment, owned });
  return {
    memory,
    errants: [...progress.errants, ...judged.errants],
    strays: [...progress.strays, ...judged.strays],
    todo: judged.again,
  };
}

/**
 * Brings every row to its end: written, or errant. Rows of jobs that an earlier delivery made are
 * settled by those jobs; the others go into a new one, and rows that failed in passing into further
 * ones, at most three in all. Throws what must make Kafka send the records again.
 */
export async function deliver(parts: DeliveryParts, input: ToDeliver): Promise<Delivered> {
  const { edges, log } = parts;
  const earlier = await earlierJobs(parts, input.event, input.memory);
  let progress = await settleEarlier(parts, input, earlier);
  for (let attempt = 1; progress.todo.length > 0; attempt++) {
    if (attempt > 1) {
      log.info('rows sent again', { rows: progress.todo.length, attempt });
      await edges.clock.sleep(Math.round(edges.random() * pauseMs * 2 ** (attempt - 2)));
    }
    progress = await send(parts, input, { progress, attempt });
  }
  return progress;
}
