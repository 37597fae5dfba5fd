import { type ErrantRecord, toRejectedRecord } from '../kafka/errant-record.ts';
import type { RecordOrigin } from '../kafka/record.ts';
import type { NotedErrants } from '../ledger/state.ts';
import type { Row } from '../rows/row.ts';
import type { RowResult } from '../salesforce/result/row-result.ts';
import type { Delivered, DeliveryParts, RowRules } from './delivery-parts.ts';
import { isMixed } from './key-queue.ts';
import { kindOf, outcomes } from './outcome.ts';
import type { ReadRecords } from './prior-rows.ts';
import type { ReadJob } from './prior-unreadable.ts';
import type { IsSuperseded } from './superseded.ts';

/** What has become of the records that jobs of earlier deliveries carry. */
export interface PriorResults extends Pick<Delivered, 'unmatched'> {
  /** Rows of one record each that are still to be sent. */
  readonly rows: readonly Row[];
  /** Those of their records whose row failed in passing, rather than that nobody attempted it. */
  readonly retried: ReadonlySet<RecordOrigin>;
  readonly errants: readonly ErrantRecord[];
}

/** What the outcomes of prior rows depend on. */
export interface Deciding {
  readonly parts: DeliveryParts;
  readonly rowRules: RowRules;
  readonly records: ReadRecords;
  /** Records that an earlier flush found errant; they stay so. */
  readonly noted: ReadonlyMap<RecordOrigin, NotedErrants>;
  readonly isSuperseded: IsSuperseded;
}

/** Nothing to do: the records of a job that wrote all of them. */
export const nothing: PriorResults = { rows: [], retried: new Set(), errants: [], unmatched: [] };

/** The results of several records or jobs as one. */
export const joined = (parts: readonly PriorResults[]): PriorResults => ({
  rows: parts.flatMap(({ rows }) => rows),
  retried: new Set(parts.flatMap(({ retried }) => [...retried])),
  errants: parts.flatMap(({ errants }) => errants),
  unmatched: parts.flatMap(({ unmatched }) => unmatched),
});

/** The errant record that an earlier flush noted; the ledger keeps its code, not its reason. */
export function notedErrant(
  record: RecordOrigin,
  { stage, code, rejection }: NotedErrants,
): ErrantRecord {
  const reason = 'an earlier delivery found it errant, and ended before it could report it';
  if (rejection === null) return { record, stage, code, reason, rejection: null };
  const { jobId, errorCode } = rejection;
  return toRejectedRecord(record, {
    jobId,
    code: errorCode,
    message: '',
    redactedMessage: `${errorCode}: ${reason}`,
  });
}

/**
 * Whether a refused row may hide a good record: it was merged from records that differ, or records
 * of its key that are not at hand may have been merged into it.
 */
export const maySearch = (row: Row, { atHand }: ReadJob, { keyOf }: RowRules): boolean =>
  keyOf(row) !== null && (!atHand.isComplete || isMixed(row.parts));

/** A record of a job, with the result of the row that it is part of. */
export interface RecordOfJob {
  readonly record: RecordOrigin;
  readonly result: RowResult;
  /** Whether the row may hide a good record. */
  readonly maySearch: boolean;
}

/** The records of a row that no later job carries. */
export function recordsOf(
  row: Row,
  result: RowResult,
  hides: (row: Row) => boolean,
): RecordOfJob[] {
  // Asked once for all records: a row may have been merged from thousands.
  const maySearch = result.kind === 'failed' && hides(row);
  return row.records.map((record) => ({ record, result, maySearch }));
}

/** What is reported of a record that nobody attempted, and that must not be sent any more. */
const superseded = {
  ...{ code: 'UNPROCESSED', message: '' },
  redactedMessage:
    'UNPROCESSED: nobody attempted it, and a later record of its key was sent already',
};

/** Decides what becomes of one record that no later job carries. */
export function decideRecord(
  deciding: Deciding,
  read: ReadJob,
  { record, result, maySearch }: RecordOfJob,
): PriorResults {
  const { parts, rowRules, records, noted, isSuperseded } = deciding;
  const { id: jobId } = read.job;
  const known = noted.get(record);
  const error = result.kind === 'failed' ? result.error : null;
  const failed = error === null ? null : toRejectedRecord(record, { jobId, ...error });
  if (known !== undefined) return { ...nothing, errants: [failed ?? notedErrant(record, known)] };
  const kind = kindOf(result, rowRules.isDone);
  const outcome = outcomes[parts.config.errorsTolerance][kind]['prior-delivery'];
  if (outcome === 'written') return nothing;
  const isSearched = kind === 'rejected' && maySearch;
  if (isSuperseded(record, jobId)) {
    return { ...nothing, errants: [failed ?? toRejectedRecord(record, { jobId, ...superseded })] };
  }
  if (outcome === 'errant' && !isSearched && failed !== null) {
    return { ...nothing, errants: [failed] };
  }
  const row = records.rows.get(record);
  const retried = new Set(kind === 'transient' ? [record] : []);
  return row === undefined ? nothing : { ...nothing, rows: [row], retried };
}
