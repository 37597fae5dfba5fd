import type { Draft } from '../csv/draft.ts';
import { nextRows } from '../csv/merge.ts';
import type { RecordOrigin } from '../kafka/record.ts';
import type { KnownJob } from '../ledger/plan.ts';
import type { Moment } from '../settle/verdict.ts';
import type { DeliveryParts } from './delivery-parts.ts';
import type { EarlierJobs } from './earlier-jobs.ts';
import { judge } from './judge.ts';
import { type Overtaken, overtakenIn } from './overtaken.ts';
import { after, type Progress, type ToDeliver } from './progress.ts';

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

/**
 * How a row of an earlier job stands. One that failed in passing, and that later records may have
 * overtaken, had used up its attempts: rows of one key wait for each other. One that was refused may
 * have been merged with others, unless it surely came by itself.
 */
function standingOf(
  row: Draft,
  overtaken: Overtaken,
  { keyOf }: ToDeliver,
): { moment: Moment; hidesOthers: boolean } {
  const moment = overtaken === 'no' ? 'earlier' : 'last';
  return { moment, hidesOthers: overtaken !== 'surely' && keyOf(row) !== null };
}

/** Settles what jobs of earlier deliveries have become; the rest is still to be sent. */
export async function settleEarlier(
  parts: DeliveryParts,
  input: ToDeliver,
  { memory, plan, jobs }: EarlierJobs,
): Promise<Progress> {
  const { drafts, columns } = input;
  const overtaken = overtakenIn({ ...input, memory });
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
    const standing = (row: Draft) => standingOf(row, overtaken(row, known), input);
    const judged = await judge(parts, { job, rows, columns, sent: known.rows, standing, owned });
    for (const { records } of judged.again) for (const record of records) again.add(record);
    progress = after(progress, judged);
  }
  return progress;
}
