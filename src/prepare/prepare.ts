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
interface ToSend {
  readonly rows: readonly Row[];
  readonly errants: readonly ErrantRecord[];
}

/** The records that no job carries. A record that an earlier flush found errant stays errant. */
function freshOf({ rows, errants }: ToSend, { plan }: PriorJobs): ToSend {
  const fresh = new Set(plan.fresh);
  const isOpen = (record: RecordOrigin) => fresh.has(record) && !plan.errants.has(record);
  const broken = errants.filter(({ record }) => fresh.has(record));
  const explained = new Set(broken.map(({ record }) => record));
  const noted = [...plan.errants].flatMap(([record, known]) =>
    fresh.has(record) && !explained.has(record) ? [recordedErrant(record, known)] : [],
  );
  return {
    rows: rows.filter(({ records }) => records.every(isOpen)),
    errants: [...broken, ...noted],
  };
}

/** Throws `ERRANT_RECORDS` if none are tolerated and a record is errant that no earlier flush found so. */
function check(errants: readonly ErrantRecord[], { plan }: PriorJobs, config: Config): void {
  const open = errants.filter(({ record }) => !plan.errants.has(record));
  const received = plan.fresh.length + plan.jobs.reduce((sum, job) => sum + job.owned.length, 0);
  checkTolerance({ received, errants: open, tolerance: config.errorsTolerance });
}

/** The outcome of all records before the first job of this flush. */
export interface Prepared extends Pick<ToDeliver, 'rowRules' | 'errants' | 'retried' | 'rows'> {
  readonly unmatched: Delivered['unmatched'];
  readonly tombstones: number;
  /** Columns that were dropped because the object does not have them. */
  readonly dropped: readonly string[];
}

/** Sorts rows by the position of their records in the event: rows of one key are merged and sent in
 * that order. */
function inOrder(rows: readonly Row[], { records }: KafkaBatch): Row[] {
  const places = new Map<RecordOrigin, number>(records.map((record, place) => [record, place]));
  const placeOf = ({ records: [first] }: Row) => places.get(first as RecordOrigin) ?? 0;
  return rows.toSorted((one, other) => placeOf(one) - placeOf(other));
}

/** What records are prepared with. */
interface Preparing {
  readonly decode: Decode;
  readonly delivery: DeliveryContext;
}

/**
 * Turns records into the rows to send. Records of jobs in flight are decoded to find their rows in
 * the results, and the results decide their outcome.
 */
export async function prepare(
  { decode, delivery }: Preparing,
  batch: KafkaBatch,
  prior: PriorJobs,
): Promise<Prepared> {
  const { config, org, time } = delivery;
  const skipped = new Set(prior.plan.skipped);
  const fresh = new Set(prior.plan.fresh);
  const isFreshAlone = wroteAll(prior.jobs);
  const isWanted = (record: RecordOrigin) =>
    isFreshAlone ? fresh.has(record) : !skipped.has(record);
  const decoded = await decodeRecords(batch, isWanted, { config, decode, deadline: time.calls });
  check(freshOf({ rows: [], errants: decoded.errants }, prior).errants, prior, config);
  const { rows, rowRules, ...read } = await rowsAsDescribed(decoded, org, config);
  const broken = [...decoded.errants, ...read.errants];
  const { retried, unmatched, ...carried } = await priorResults(delivery, prior, {
    rowRules,
    records: {
      rows: new Map(rows.map((row) => [row.records[0] as RecordOrigin, row])),
      errants: new Map(broken.map((errant) => [errant.record, errant])),
    },
  });
  const unsent = freshOf({ rows, errants: broken }, prior);
  check([...carried.errants, ...unsent.errants], prior, config);
  const ordered = inOrder([...carried.rows, ...unsent.rows], batch);
  const fit = await fitToObject(ordered, { rowRules, org, config });
  check(fit.errants, prior, config);
  const errants = [...carried.errants, ...unsent.errants, ...fit.errants];
  const dropped = [...new Set([...read.dropped, ...fit.dropped])];
  return { ...fit, dropped, rowRules, errants, retried, unmatched, tombstones: decoded.tombstones };
}
