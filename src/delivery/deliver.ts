import type { Columns } from '../csv/columns.ts';
import { documentOf } from '../csv/document.ts';
import type { Draft } from '../csv/draft.ts';
import type { KeyOf } from '../csv/key.ts';
import { nextRows } from '../csv/merge.ts';
import type { RecordOrigin } from '../kafka/record.ts';
import type { Memory } from '../ledger/memory.ts';
import type { KnownJob } from '../ledger/plan.ts';
import { failedAsAWhole, wholeFailure } from '../settle/failure.ts';
import type { Moment } from '../settle/verdict.ts';
import type { Delivered, DeliveryParts } from './delivery-parts.ts';
import { type EarlierJobs, earlierJobs } from './earlier-jobs.ts';
import { type Judged, judge } from './judge.ts';
import { runNewJob } from './new-job.ts';

/** The usable rows of a flush, and what the ledger remembers. */
export interface ToDeliver {
  /** Each of one record, in the order of the event. */
  readonly drafts: readonly Draft[];
  readonly columns: Columns;
  readonly keyOf: KeyOf;
  /** All records of the event. */
  readonly event: readonly RecordOrigin[];
  readonly memory: Memory;
}

/** Most jobs in one invocation that a record is sent in. */
const maxTries = 3;

/** The longest pause before the first further job, in milliseconds; it doubles. */
const pauseMs = 2_000;

/** What has become of the rows so far, and those that are still to be sent. */
interface Progress extends Delivered {
  readonly todo: readonly Draft[];
  /** In how many jobs of this invocation a record was sent. */
  readonly tries: ReadonlyMap<RecordOrigin, number>;
  /** Records that a job of an earlier delivery did not write. */
  readonly again: ReadonlySet<RecordOrigin>;
}

/** The rows of these records; a record that has none is errant already. */
function draftsOf(drafts: readonly Draft[], records: readonly RecordOrigin[]): Draft[] {
  const wanted = new Set(records);
  return drafts.filter((draft) => draft.records.some((record) => wanted.has(record)));
}

/**
 * The rows here that a job was sent, those first that were then sent again: nobody can tell equal
 * rows apart, but the ones that this job did not write must be among them.
 */
function rowsOf({ drafts, columns, keyOf }: ToDeliver, { carried, owned }: KnownJob): Draft[] {
  const { rows } = nextRows(draftsOf(drafts, carried), keyOf, columns);
  const isOwned = new Set(owned);
  const rank = ({ records }: Draft) => Number(records.some((record) => isOwned.has(record)));
  return rows.toSorted((one, other) => rank(one) - rank(other));
}

const after = (progress: Progress, { errants, strays, again }: Judged): Progress => ({
  ...progress,
  errants: [...progress.errants, ...errants],
  strays: [...progress.strays, ...strays],
  todo: [...progress.todo, ...again],
});

/** Settles what jobs of earlier deliveries have become; the rest is still to be sent. */
async function settleEarlier(
  parts: DeliveryParts,
  input: ToDeliver,
  { memory, plan, jobs }: EarlierJobs,
): Promise<Progress> {
  const { drafts, columns } = input;
  const fresh = draftsOf(drafts, plan.fresh);
  const again = new Set<RecordOrigin>();
  let progress: Progress = {
    ...{ memory, errants: [], strays: [], todo: fresh },
    ...{ tries: new Map(), again },
  };
  for (const { job, known } of jobs) {
    const rows = rowsOf(input, known);
    if (rows.length === 0) continue;
    const owned = new Set(known.owned);
    const moments = () => 'earlier' as const;
    const judged = await judge(parts, { job, rows, columns, sent: known.rows, moments, owned });
    for (const { records } of judged.again) for (const record of records) again.add(record);
    progress = after(progress, judged);
  }
  return progress;
}

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
  const canGoOn = hasTime && org.waits < config.pollMaxSteps;
  return ({ records }) => {
    const tried = Math.max(...records.map((record) => tries.get(record) ?? 0));
    if (tried >= maxTries) return 'last';
    if (canGoOn) return 'early';
    const isNew = !records.some((record) => again.has(record));
    return config.ledgerTable !== null && isNew ? 'late' : 'last';
  };
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
    parts.org.forgetDescription();
    throw wholeFailure(job, rows.length);
  }
  const owned = new Set(rows.flatMap(({ records }) => records));
  const tries = new Map(progress.tries);
  for (const record of owned) tries.set(record, (tries.get(record) ?? 0) + 1);
  const moments = momentsAfter(parts, { ...progress, tries }, job.tookMs);
  const judged = await judge(parts, { job, rows, columns, sent: rows.length, moments, owned });
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
 * ones, each record at most three times. Throws what must make Kafka send the records again.
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
