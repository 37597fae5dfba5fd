import type { Config } from '../config.ts';
import type { Draft } from '../csv/draft.ts';
import { type Errant, rejected } from '../kafka/errant.ts';
import type { RowFate } from '../salesforce/result/fates.ts';
import { factOf, type Moment, type Verdict, verdicts } from './verdict.ts';

/** A row of a job that has ended, and what became of it. */
export interface FatedRow {
  readonly row: Draft;
  readonly fate: RowFate;
}

/** What the judgement depends on besides the rows. */
export interface Judgement {
  readonly jobId: string;
  readonly tolerance: Config['errorsTolerance'];
  readonly moment: Moment;
}

/** The rows of a job by what happens to them; one that is written is in no list. */
export interface SortedRows {
  /** To be sent again, in a further job. */
  readonly again: readonly Draft[];
  /** The records of rows that Salesforce refused for good. */
  readonly errants: readonly Errant[];
  /** Of the refused rows that must fail the flush: their errors, without values. */
  readonly refused: readonly string[];
  /** How many rows nobody attempted, and that must fail the flush. */
  readonly unprocessed: number;
}

const errantsOf = (jobId: string, { row, fate }: FatedRow): Errant[] =>
  fate.kind === 'failed' ? row.records.map((one) => rejected(one, { jobId, ...fate.error })) : [];

/** Judges each row of a job by the table of verdicts. */
export function sortRows(
  rows: readonly FatedRow[],
  { jobId, tolerance, moment }: Judgement,
): SortedRows {
  const byVerdict = Map.groupBy(rows, ({ fate }) => verdicts[tolerance][factOf(fate)][moment]);
  const rowsOf = (verdict: Verdict) => byVerdict.get(verdict) ?? [];
  const fatal = rowsOf('redeliver');
  const refused = fatal.flatMap(({ fate }) => (fate.kind === 'failed' ? [fate.error.told] : []));
  return {
    again: rowsOf('again').map(({ row }) => row),
    errants: rowsOf('errant').flatMap((one) => errantsOf(jobId, one)),
    refused,
    unprocessed: fatal.length - refused.length,
  };
}
