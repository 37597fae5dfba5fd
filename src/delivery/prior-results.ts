import { type Errant, rejected } from '../errant/errant-record.ts';
import type { RecordOrigin } from '../kafka/record.ts';
import type { NotedErrants } from '../ledger/state.ts';
import type { Draft } from '../rows/row.ts';
import { allWritten } from '../salesforce/result/read-results.ts';
import type { RowResult } from '../salesforce/result/row-result.ts';
import { type Delivered, type DeliveryParts, type RowReading, sentRows } from './delivery-parts.ts';
import { failureOf } from './failure.ts';
import { isMixed } from './key-queue.ts';
import { kindOf, outcomes } from './outcome.ts';
import type { PriorJob, PriorJobs } from './prior-jobs.ts';
import { type ReadRecords, rowsAtHand } from './prior-rows.ts';
import { type ReadJob, unmatchedIn, unreadableErrants } from './prior-unreadable.ts';
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

/** A record of a job, with the result of the row that it is part of. */
interface RecordOfJob {
  readonly record: RecordOrigin;
  readonly result: RowResult;
  /** Whether the row may hide a good record. */
  readonly maySearch: boolean;
}

/** The records of a row that no later job carries. */
function recordsOf(row: Draft, result: RowResult, hides: (row: Draft) => boolean): RecordOfJob[] {
  // Asked once for all records: a row may have been merged from thousands.
  const maySearch = result.kind === 'failed' && hides(row);
  return row.records.map((record) => ({ record, result, maySearch }));
}

/** What is told of a record that nobody attempted, and that must not be sent any more. */
const superseded = {
  ...{ code: 'UNPROCESSED', message: '' },
  told: 'UNPROCESSED: nobody attempted it, and a later record of its key was sent already',
};

/** Decides what becomes of one record that no later job carries. */
function decideRecord(
  deciding: Deciding,
  read: ReadJob,
  { record, result, maySearch }: RecordOfJob,
): PriorResults {
  const { parts, reading, records, noted, isSuperseded } = deciding;
  const { id: jobId } = read.job;
  const known = noted.get(record);
  const error = result.kind === 'failed' ? result.error : null;
  const failed = error === null ? null : rejected(record, { jobId, ...error });
  if (known !== undefined) return { ...nothing, errants: [failed ?? notedErrant(record, known)] };
  const kind = kindOf(result, reading.isDone);
  const outcome = outcomes[parts.config.errorsTolerance][kind]['prior-delivery'];
  if (outcome === 'written') return nothing;
  const isSearched = kind === 'rejected' && maySearch;
  if (isSuperseded(record, jobId)) {
    return { ...nothing, errants: [failed ?? rejected(record, { jobId, ...superseded })] };
  }
  if (outcome === 'errant' && !isSearched && failed !== null) {
    return { ...nothing, errants: [failed] };
  }
  const draft = records.drafts.get(record);
  const retried = new Set(kind === 'transient' ? [record] : []);
  return draft === undefined ? nothing : { ...nothing, drafts: [draft], retried };
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
  const decided = atHand.rows
    .flatMap((row, index) => {
      const result = results.results[index] ?? ({ kind: 'unprocessed' } as const);
      return recordsOf(row, result, (one) => maySearch(one, read, reading));
    })
    .filter(({ record }) => owned.has(record))
    .map((one) => decideRecord(deciding, read, one));
  const isExtra = unmatchedIn(results) > atHand.absent + atHand.unreadable.length;
  const strays = isExtra ? results.unmatched.map((one) => ({ ...one, jobId: job.id })) : [];
  if (strays.length > 0 && parts.config.errorsTolerance === 'none') {
    const failure = failureOf(job, known.rows, {
      refused: strays.map(({ error }) => error.told),
      unprocessed: 0,
    });
    if (failure !== null) throw failure;
  }
  const errants = unreadableErrants(read, (record) => deciding.noted.has(record));
  return joined([...decided, { ...nothing, errants, strays }]);
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
  const toRead = jobs.filter(({ job, known }) => !allWritten({ job, sent: known.rows }));
  // Most flushes follow no other, and have nothing to compare.
  if (toRead.length === 0) return nothing;
  const drafts = [...records.drafts.values()];
  const isSuperseded = supersededIn(drafts, reading.keyOf, memory);
  const deciding = { ...{ parts, reading, records }, noted: plan.errants, isSuperseded };
  const results: PriorResults[] = [];
  for (const prior of toRead) results.push(await resultsOf(deciding, prior));
  return joined(results);
}
