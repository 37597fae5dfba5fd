import type { Config } from '../config/config.ts';
import type { Decode } from '../decode/decode.ts';
import type { Delivered, DeliveryContext, ToDeliver } from '../delivery/context.ts';
import { recordedErrant } from '../delivery/decide-prior-record.ts';
import { type PriorJobs, wroteAll } from '../delivery/prior-jobs.ts';
import { priorResults } from '../delivery/prior-results.ts';
import { checkTolerance } from '../delivery/tolerance.ts';
import type { ErrantRecord } from '../kafka/errant-record.ts';
import type { RecordOrigin } from '../kafka/record.ts';
import type { KafkaBatch } from '../kafka/records.ts';
import type { Row } from '../rows/row.ts';
import { decodeRecords } from './decode-records.ts';
import { fitToObject } from './fit-to-object.ts';
import { rowsAsDescribed } from './rows-as-described.ts';

/** Rows to send, and records that are errant. */
interface RowsAndErrants {
  readonly rows: readonly Row[];
  readonly errants: readonly ErrantRecord[];
}

/** Whether no earlier delivery has left anything of these records. */
const isFirstDelivery = ({ plan }: PriorJobs): boolean =>
  plan.jobs.length + plan.skipped.length + plan.deleted.length + plan.errants.size === 0;

/** The records that no job carries. A record that an earlier flush found errant stays errant. */
function newRecordsOf({ rows, errants }: RowsAndErrants, prior: PriorJobs): RowsAndErrants {
  if (isFirstDelivery(prior)) return { rows, errants };
  const { plan } = prior;
  const newRecords = new Set(plan.newRecords);
  const isGood = (record: RecordOrigin) => newRecords.has(record) && !plan.errants.has(record);
  const newErrants = errants.filter(({ record }) => newRecords.has(record));
  const withOwnReason = new Set(newErrants.map(({ record }) => record));
  const stored = [...plan.errants].flatMap(([record, entry]) =>
    newRecords.has(record) && !withOwnReason.has(record) ? [recordedErrant(record, entry)] : [],
  );
  return {
    rows: rows.filter(({ records }) => records.every(isGood)),
    errants: [...newErrants, ...stored],
  };
}

/** Throws `ERRANT_RECORDS` with `ERRORS_TOLERANCE=none` if a record is errant that no earlier flush stored as errant. */
function requireTolerated(
  errants: readonly ErrantRecord[],
  { plan }: PriorJobs,
  config: Config,
): void {
  const open = errants.filter(({ record }) => !plan.errants.has(record));
  const received =
    plan.newRecords.length + plan.jobs.reduce((sum, job) => sum + job.owned.length, 0);
  checkTolerance({ received, errants: open, tolerance: config.errorsTolerance, jobs: 0 });
}

/** The outcome of all records before the first job of this flush. */
export interface Prepared extends Pick<ToDeliver, 'rowRules' | 'errants' | 'retried' | 'rows'> {
  readonly unmatched: Delivered['unmatched'];
  readonly tombstones: number;
  readonly filtered: number;
  /** Columns that were dropped because the object does not have them. */
  readonly dropped: readonly string[];
}

/** Whether rows are in the order of their records in the event. */
function areInOrder(rows: readonly Row[], { records }: KafkaBatch): boolean {
  let place = 0;
  return rows.every(({ records: [first] }) => {
    while (place < records.length && records[place] !== first) place++;
    return place < records.length;
  });
}

/** Sorts rows by the position of their records in the event: rows of one key are merged and sent in
 * that order. */
function inOrder(rows: readonly Row[], batch: KafkaBatch): readonly Row[] {
  if (areInOrder(rows, batch)) return rows;
  const { records } = batch;
  const places = new Map<RecordOrigin, number>(records.map((record, place) => [record, place]));
  const placeOf = ({ records: [first] }: Row) => places.get(first as RecordOrigin) ?? 0;
  return rows.toSorted((one, other) => placeOf(one) - placeOf(other));
}

/** Dependencies of `prepare`. */
interface PrepareContext {
  readonly decode: Decode;
  readonly delivery: DeliveryContext;
}

/** Tells which records are decoded: all but those of which an earlier delivery has left nothing to do. */
function wanted(prior: PriorJobs): (record: RecordOrigin) => boolean {
  if (isFirstDelivery(prior)) return () => true;
  const { skipped, newRecords } = prior.plan;
  if (wroteAll(prior.jobs)) {
    const those = new Set(newRecords);
    return (record) => those.has(record);
  }
  const others = new Set(skipped);
  return (record) => !others.has(record);
}

/**
 * Turns records into the rows to send. Records of jobs in flight are decoded to find their rows in
 * the results, and the results decide their outcome. Throws `ERRANT_RECORDS`, and as `Decode`,
 * `priorResults` and `fitToObject` do.
 */
export async function prepare(
  { decode, delivery }: PrepareContext,
  batch: KafkaBatch,
  prior: PriorJobs,
): Promise<Prepared> {
  const { config, org, time } = delivery;
  const context = { config, decode, deadline: time.calls };
  const decoded = await decodeRecords(batch, wanted(prior), context);
  requireTolerated(
    newRecordsOf({ rows: [], errants: decoded.errants }, prior).errants,
    prior,
    config,
  );
  const { rows, rowRules, ...built } = await rowsAsDescribed(decoded, org, config);
  const broken = [...decoded.errants, ...built.errants];
  const { retried, unmatched, ...fromPriorJobs } = await priorResults(delivery, prior, {
    rowRules,
    decoded: () => ({
      rows: new Map(rows.map((row) => [row.records[0] as RecordOrigin, row])),
      errants: new Map(broken.map((errant) => [errant.record, errant])),
    }),
  });
  const unsent = newRecordsOf({ rows, errants: broken }, prior);
  requireTolerated([...fromPriorJobs.errants, ...unsent.errants], prior, config);
  const ordered = inOrder([...fromPriorJobs.rows, ...unsent.rows], batch);
  const fit = await fitToObject(ordered, { rowRules, org, config });
  requireTolerated(fit.errants, prior, config);
  const { tombstones, filtered } = decoded;
  const errants = [...fromPriorJobs.errants, ...unsent.errants, ...fit.errants];
  const dropped = [...new Set([...built.dropped, ...fit.dropped])];
  return { ...fit, dropped, rowRules, errants, retried, unmatched, tombstones, filtered };
}
