import { type ErrantRecord, toRejectedRecord } from '../kafka/errant-record.ts';
import type { RecordOrigin } from '../kafka/record.ts';
import type { LedgerErrants } from '../ledger/state.ts';
import type { Row } from '../rows/row.ts';
import type { RowResult } from '../salesforce/result/row-result.ts';
import type { DecodedEvent } from './available-rows.ts';
import type { Delivered, DeliveryContext, RowRules } from './context.ts';
import { isMixed } from './key-search.ts';
import { outcomes } from './outcome-table.ts';
import type { IsReplaced } from './replaced-by-delete.ts';
import { resultKindOf } from './result-kind.ts';
import type { IsSuperseded } from './superseded.ts';
import type { JobWithResults } from './unreadable-records.ts';

/** The outcome of the records that jobs of earlier deliveries carry. */
export interface PriorResults extends Pick<Delivered, 'unmatched'> {
  /** Rows to send, of one record each. */
  readonly rows: readonly Row[];
  /** Records of these rows whose row failed with a transient error; the others were not attempted. */
  readonly retried: ReadonlySet<RecordOrigin>;
  readonly errants: readonly ErrantRecord[];
}

/** What the outcomes of prior rows depend on. */
export interface PriorContext {
  readonly parts: DeliveryContext;
  readonly rowRules: RowRules;
  readonly records: DecodedEvent;
  /** Records that the ledger has as errant, from an earlier flush; they stay errant. */
  readonly storedErrants: ReadonlyMap<RecordOrigin, LedgerErrants>;
  readonly isSuperseded: IsSuperseded;
  readonly isReplaced: IsReplaced;
}

/** The results of a job that wrote all of its records. */
export const noResults: PriorResults = { rows: [], retried: new Set(), errants: [], unmatched: [] };

/** Combines the results of several records or jobs. */
export const combine = (parts: readonly PriorResults[]): PriorResults => ({
  rows: parts.flatMap(({ rows }) => rows),
  retried: new Set(parts.flatMap(({ retried }) => [...retried])),
  errants: parts.flatMap(({ errants }) => errants),
  unmatched: parts.flatMap(({ unmatched }) => unmatched),
});

/** The errant record that an earlier flush stored; the ledger keeps its code, not its reason. */
export function recordedErrant(
  record: RecordOrigin,
  { stage, code, rejection }: LedgerErrants,
): ErrantRecord {
  const reason = 'an earlier delivery found it errant, and ended before reporting it';
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
 * Whether a rejected row may contain a good record: it was merged from records that differ, or may have
 * been merged with records that this event does not have.
 */
export const mayHideGoodRecord = (
  row: Row,
  { available }: JobWithResults,
  { keyOf }: RowRules,
): boolean => keyOf(row) !== null && (!available.isComplete || isMixed(row.parts));

/** A record of a job with the result of its row. */
export interface RecordOfJob {
  readonly record: RecordOrigin;
  readonly result: RowResult;
  /** See `mayHideGoodRecord`. */
  readonly mayHideGoodRecord: boolean;
}

/** The records of a row with their result. */
export function recordsOfRow(
  row: Row,
  result: RowResult,
  hides: (row: Row) => boolean,
): RecordOfJob[] {
  // Evaluated once for all records: a row may be merged from thousands.
  const isSuspect = result.kind === 'failed' && hides(row);
  return row.records.map((record) => ({ record, result, mayHideGoodRecord: isSuspect }));
}

/** The error of a record that was not attempted and must not be sent any more. */
const superseded = {
  code: 'UNPROCESSED',
  message: '',
  redactedMessage:
    'UNPROCESSED: Salesforce did not attempt it, and a later record of its key was already sent',
};

/** Decides the outcome of one record that no later job carries. */
export function decidePriorRecord(
  deciding: PriorContext,
  read: JobWithResults,
  { record, result, mayHideGoodRecord }: RecordOfJob,
): PriorResults {
  const { parts, rowRules, records, storedErrants, isSuperseded, isReplaced } = deciding;
  const { id: jobId } = read.job;
  const stored = storedErrants.get(record);
  const error = result.kind === 'failed' ? result.error : null;
  const failed = error === null ? null : toRejectedRecord(record, { jobId, ...error });
  if (stored !== undefined) {
    return { ...noResults, errants: [failed ?? recordedErrant(record, stored)] };
  }
  const kind = resultKindOf(result, (one) => rowRules.isDone(one) || isReplaced(one, [record]));
  const outcome = outcomes[parts.config.errorsTolerance][kind]['prior-delivery'];
  if (outcome === 'written') return noResults;
  const isSearched = kind === 'rejected' && mayHideGoodRecord;
  if (isSuperseded(record, jobId)) {
    return {
      ...noResults,
      errants: [failed ?? toRejectedRecord(record, { jobId, ...superseded })],
    };
  }
  if (outcome === 'errant' && !isSearched && failed !== null) {
    return { ...noResults, errants: [failed] };
  }
  const row = records.rows.get(record);
  const retried = new Set(kind === 'transient' ? [record] : []);
  return row === undefined ? noResults : { ...noResults, rows: [row], retried };
}
