import type { Config } from '../config/config.ts';
import type { Decode } from '../decode/decode.ts';
import type { Delivered, DeliveryParts, ToDeliver } from '../delivery/delivery-parts.ts';
import { type PriorJobs, wroteAll } from '../delivery/prior-jobs.ts';
import { notedErrant, priorResults } from '../delivery/prior-results.ts';
import { tolerate } from '../delivery/tolerance.ts';
import type { Errant } from '../errant/errant-record.ts';
import type { RecordOrigin } from '../kafka/record.ts';
import type { KafkaBatch } from '../kafka/records.ts';
import type { Draft } from '../rows/row.ts';
import { rowsOf } from './decode-records.ts';
import { fitToObject } from './fit-to-object.ts';
import { readRows } from './read-rows.ts';

/** Records that are still to be sent, and what has become of others on the way. */
interface ToSend {
  readonly drafts: readonly Draft[];
  readonly errants: readonly Errant[];
}

/** The records that no job carries; what an earlier flush found errant stays so. */
function freshOf({ drafts, errants }: ToSend, { plan }: PriorJobs): ToSend {
  const fresh = new Set(plan.fresh);
  const isOpen = (record: RecordOrigin) => fresh.has(record) && !plan.errants.has(record);
  const broken = errants.filter(({ record }) => fresh.has(record));
  const explained = new Set(broken.map(({ record }) => record));
  const noted = [...plan.errants].flatMap(([record, known]) =>
    fresh.has(record) && !explained.has(record) ? [notedErrant(record, known)] : [],
  );
  return {
    drafts: drafts.filter(({ records }) => records.every(isOpen)),
    errants: [...broken, ...noted],
  };
}

/** Fails the flush when a record is errant that no earlier flush found so, and none is tolerated. */
function check(errants: readonly Errant[], { plan }: PriorJobs, config: Config): void {
  const open = errants.filter(({ record }) => !plan.errants.has(record));
  const received = plan.fresh.length + plan.jobs.reduce((sum, job) => sum + job.owned.length, 0);
  tolerate({ received, errants: open, tolerance: config.errorsTolerance });
}

/** What the records have become before any job of this flush, and what they are read with. */
export interface Prepared extends Pick<ToDeliver, 'reading' | 'errants' | 'retried' | 'drafts'> {
  readonly strays: Delivered['strays'];
  readonly tombstones: number;
  /** Columns that were left out because the object does not know them. */
  readonly dropped: readonly string[];
}

/** Rows in the order of their records in the event, in which those of one key are merged and sent. */
function inOrder(drafts: readonly Draft[], { records }: KafkaBatch): Draft[] {
  const places = new Map<RecordOrigin, number>(records.map((record, place) => [record, place]));
  const placeOf = ({ records: [first] }: Draft) => places.get(first as RecordOrigin) ?? 0;
  return drafts.toSorted((one, other) => placeOf(one) - placeOf(other));
}

/** What makes rows of records. */
interface Preparing {
  readonly decode: Decode;
  readonly delivery: DeliveryParts;
}

/**
 * Makes rows of the records that may be sent. Records of jobs in flight belong to those jobs first:
 * they are read to be recognized, and judged by what the job has done with them.
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
  const rows = await rowsOf(batch, isWanted, { config, decode, deadline: time.calls });
  check(freshOf({ drafts: [], errants: rows.errants }, prior).errants, prior, config);
  const { drafts, reading, ...read } = await readRows(rows, org, config);
  const broken = [...rows.errants, ...read.errants];
  const { retried, strays, ...carried } = await priorResults(delivery, prior, {
    reading,
    records: {
      drafts: new Map(drafts.map((draft) => [draft.records[0] as RecordOrigin, draft])),
      errants: new Map(broken.map((errant) => [errant.record, errant])),
    },
  });
  const unsent = freshOf({ drafts, errants: broken }, prior);
  check([...carried.errants, ...unsent.errants], prior, config);
  const ordered = inOrder([...carried.drafts, ...unsent.drafts], batch);
  const fit = await fitToObject(ordered, { reading, org, config });
  check(fit.errants, prior, config);
  const errants = [...carried.errants, ...unsent.errants, ...fit.errants];
  const dropped = [...new Set([...read.dropped, ...fit.dropped])];
  return { ...fit, dropped, reading, errants, retried, strays, tombstones: rows.tombstones };
}
