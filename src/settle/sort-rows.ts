import type { Config } from '../config.ts';
import type { Draft } from '../csv/draft.ts';
import { apart } from '../csv/merge.ts';
import { type Errant, rejected } from '../kafka/errant.ts';
import type { RowFate } from '../salesforce/result/fates.ts';
import { factOf, type Moment, type Verdict, verdicts } from './verdict.ts';

/** A row of a job that has ended, and what became of it. */
export interface FatedRow {
  readonly row: Draft;
  readonly fate: RowFate;
  readonly moment: Moment;
  /** Whether it may have been merged from records that are not all at hand. */
  readonly hidesOthers: boolean;
}

/** What the judgement depends on besides the rows. */
export interface Judgement {
  readonly jobId: string;
  readonly tolerance: Config['errorsTolerance'];
}

/** The rows of a job by what happens to them; one that is written is in no list. */
export interface SortedRows {
  /** To be sent again, in a further job; each of one record. */
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

/** Whether a row was made of others that do not all say the same, so that one of them may be good. */
const isMixed = ({ parts }: Draft): boolean =>
  new Set(parts.map(({ columns, cells }) => JSON.stringify([columns, cells]))).size > 1;

/**
 * What happens to a row. A merged row that Salesforce refuses is taken apart, and its records go on
 * one after the other, each with its own fate. Of a job of an earlier delivery nobody can tell what
 * else was in the row, so its record is tried once more by itself.
 */
function verdictOf(
  { row, fate, moment, hidesOthers }: FatedRow,
  { tolerance }: Judgement,
): Verdict | 'apart' {
  const fact = factOf(fate);
  if (fact === 'rejected' && (hidesOthers || isMixed(row))) return 'apart';
  return verdicts[tolerance][fact][moment];
}

const unmerged = (row: Draft): readonly Draft[] => (row.parts.length > 0 ? row.parts : [row]);

/** Judges each row of a job by the table of verdicts. */
export function sortRows(rows: readonly FatedRow[], judgement: Judgement): SortedRows {
  const byVerdict = Map.groupBy(rows, (row) => verdictOf(row, judgement));
  const rowsOf = (verdict: Verdict | 'apart') => byVerdict.get(verdict) ?? [];
  const fatal = rowsOf('redeliver');
  const refused = fatal.flatMap(({ fate }) => (fate.kind === 'failed' ? [fate.error.told] : []));
  return {
    again: [
      ...rowsOf('again').flatMap(({ row }) => unmerged(row)),
      ...rowsOf('apart').flatMap(({ row }) => apart(row)),
    ],
    errants: rowsOf('errant').flatMap((one) => errantsOf(judgement.jobId, one)),
    refused,
    unprocessed: fatal.length - refused.length,
  };
}
