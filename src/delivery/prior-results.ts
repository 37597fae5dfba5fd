import type { Draft } from '../csv/draft.ts';
import { SinkError } from '../errors.ts';
import { type Errant, rejected } from '../kafka/errant.ts';
import type { RecordOrigin } from '../kafka/record.ts';
import type { NotedErrants } from '../ledger/memory.ts';
import { allWritten } from '../salesforce/result/read-results.ts';
import type { JobResults, RowResult } from '../salesforce/result/row-result.ts';
import { type Delivered, type DeliveryParts, type RowReading, sentRows } from './delivery-parts.ts';
import { failureOf } from './failure.ts';
import { isMixed } from './key-queue.ts';
import { kindOf, outcomes } from './outcome.ts';
import type { PriorJob, PriorJobs } from './prior-jobs.ts';
import { type ReadRecords, type RowsAtHand, rowsAtHand } from './prior-rows.ts';
import { type IsSuperseded, supersededIn } from './superseded.ts';

/** What has become of the records that jobs of earlier deliveries carry. */
export interface PriorResults extends Pick<Delivered, 'strays'> {
  /** Rows of one record each that are still to be sent. */
  readonly drafts: readonly Draft[];
  /** Those of their records whose row failed in passing, rather than that nobody attempted it. */
  readonly retried: ReadonlySet<RecordOrigin>;
  readonly errants: readonly Errant[];
}

/** What the rows of prior jobs are decided with. */
interface Deciding {
  readonly parts: DeliveryParts;
  readonly reading: RowReading;
  readonly records: ReadRecords;
  /** Records that an earlier flush found errant; they stay so. */
  readonly noted: ReadonlyMap<RecordOrigin, NotedErrants>;
  readonly isSuperseded: IsSuperseded;
}

/** A prior job with what is at hand of it. */
interface ReadJob extends PriorJob {
  readonly atHand: RowsAtHand;
  readonly results: JobResults;
}

const nothing: PriorResults = { drafts: [], retried: new Set(), errants: [], strays: [] };

const joined = (parts: readonly PriorResults[]): PriorResults => ({
  drafts: parts.flatMap(({ drafts }) => drafts),
  retried: new Set(parts.flatMap(({ retried }) => [...retried])),
  errants: parts.flatMap(({ errants }) => errants),
  strays: parts.flatMap(({ strays }) => strays),
});

/** The errant record of a verdict of an earlier flush whose reason nobody knows any more. */
export function notedErrant(
  record: RecordOrigin,
  { stage, code, rejection }: NotedErrants,
): Errant {
  const reason = 'an earlier delivery found it errant, and ended before it could report it';
  if (rejection === null) return { record, stage, code, reason, rejection: null };
  const { jobId, errorCode } = rejection;
  return rejected(record, { jobId, code: errorCode, message: '', told: `${errorCode}: ${reason}` });
}

/**
 * Whether a refused row may hide a good record: it was merged from records that differ, or records
 * of its key that are not at hand may have been merged into it.
 */
const maySearch = (row: Draft, { atHand }: ReadJob, { keyOf }: RowReading): boolean =>
  keyOf(row) !== null && (!atHand.isComplete || isMixed(row.parts));

/** Decides what becomes of one record of a row that no later job carries. */
function decideRecord(
  deciding: Deciding,
  read: ReadJob,
  { row, result, record }: { row: Draft; result: RowResult; record: RecordOrigin },
): PriorResults {
  const { parts, reading, records, noted, isSuperseded } = deciding;
  const { id: jobId } = read.job;
  const known = noted.get(record);
  const failed = result.kind === 'failed' ? rejected(record, { jobId, ...result.error }) : null;
  if (known !== undefined) return { ...nothing, errants: [failed ?? notedErrant(record, known)] };
  const kind = kindOf(result, reading.isDone);
  const outcome = outcomes[parts.config.errorsTolerance][kind]['prior-delivery'];
  if (outcome === 'written') return nothing;
  const isSearched = kind === 'rejected' && maySearch(row, read, reading);
  const isErrant = (outcome === 'errant' && !isSearched) || isSuperseded(record, jobId);
  if (isErrant && failed !== null) return { ...nothing, errants: [failed] };
  const draft = records.drafts.get(record);
  const retried = new Set(kind === 'transient' ? [record] : []);
  return draft === undefined ? nothing : { ...nothing, drafts: [draft], retried };
}

/** Rows of the job that match none at hand. */
const unmatchedIn = ({ unmatched, unmatchedUnprocessed }: JobResults): number =>
  unmatched.length + unmatchedUnprocessed;

/**
 * What became of records from which no row can be made any more, though a job has carried one: the
 * schema is gone, a setting is another. They are known by elimination, or the flush fails.
 */
function decideUnreadable({ noted }: Deciding, { job, atHand, results }: ReadJob): PriorResults {
  const { unreadable, absent } = atHand;
  const left = unmatchedIn(results);
  const kept = unreadable.filter(({ record }) => noted.has(record));
  if (kept.length === unreadable.length || left === 0) return { ...nothing, errants: kept };
  if (absent === 0 && left === unreadable.length) {
    const errants = unreadable.map((errant, index) => {
      const error = results.unmatched[index]?.error;
      return error === undefined ? errant : rejected(errant.record, { jobId: job.id, ...error });
    });
    return { ...nothing, errants };
  }
  const [{ code, reason } = { code: '', reason: '' }] = unreadable;
  throw new SinkError(
    'JOB_ROWS_MISSING',
    `Job ${job.id} did not write ${left} rows that match none at hand, and ${unreadable.length} of its records can no longer be read (${code}: ${reason}), so nobody can say whether they are among those. Make them readable as they were when the job was made. Kafka redelivers the records.`,
  );
}

/** Reads and decides what a prior job has done with the records here. */
async function resultsOf(deciding: Deciding, prior: PriorJob): Promise<PriorResults> {
  const { parts, reading, records } = deciding;
  const { job, known } = prior;
  const atHand = rowsAtHand(records, known, reading);
  const sent = { job, sent: known.rows, ...sentRows(reading, atHand.rows) };
  const results = await parts.org.results(sent);
  const read = { ...prior, atHand, results };
  const owned = new Set(known.owned);
  const decided = atHand.rows.flatMap((row, index) =>
    row.records
      .filter((record) => owned.has(record))
      .map((record) => {
        const result = results.results[index] ?? { kind: 'unprocessed' as const };
        return decideRecord(deciding, read, { row, result, record });
      }),
  );
  const isExtra = unmatchedIn(results) > atHand.absent + atHand.unreadable.length;
  const strays = isExtra ? results.unmatched.map((one) => ({ ...one, jobId: job.id })) : [];
  if (strays.length > 0 && parts.config.errorsTolerance === 'none') {
    const failure = failureOf(job, known.rows, {
      refused: strays.map(({ error }) => error.told),
      unprocessed: 0,
    });
    if (failure !== null) throw failure;
  }
  return joined([...decided, decideUnreadable(deciding, read), { ...nothing, strays }]);
}

/**
 * Finds out what the jobs of earlier deliveries have done with the records here: it is the truth
 * about them, whatever they would become now. Throws `JOB_ROWS_MISSING` and as `Org.results` does.
 */
export async function priorResults(
  parts: DeliveryParts,
  { memory, plan, jobs }: PriorJobs,
  { reading, records }: { readonly reading: RowReading; readonly records: ReadRecords },
): Promise<PriorResults> {
  const drafts = [...records.drafts.values()];
  const isSuperseded = supersededIn(drafts, reading.keyOf, memory);
  const deciding = { ...{ parts, reading, records }, noted: plan.errants, isSuperseded };
  const results: PriorResults[] = [];
  for (const prior of jobs) {
    if (allWritten({ job: prior.job, sent: prior.known.rows })) continue;
    results.push(await resultsOf(deciding, prior));
  }
  return joined(results);
}
