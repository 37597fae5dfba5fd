import type { CsvDocument } from '../../csv/document.ts';
import { longestReadable } from './common-runs.ts';
import { redact } from './redact.ts';
import type { Span } from './span.ts';
import { spansOfQuotedValues } from './value-places.ts';

/** The rows that a job's message may quote. */
export interface QuotableRows {
  /** The rows at hand, and the names of their columns. */
  readonly document: Pick<CsvDocument, 'header' | 'rows'>;
  /** How many rows the job was sent; more than those at hand after a redelivery cut differently. */
  readonly sent: number;
}

/** Codes that a message begins with. Source: Bulk API 2.0 developer guide, "Errors". */
const codes = [
  'ClientInputError',
  'ExceededQuota',
  'FeatureNotEnabled',
  'InvalidBatch',
  'InvalidJob',
  'InvalidJobState',
  'InvalidOperation',
  'InvalidSessionId',
  'InvalidUrl',
  'InvalidUser',
  'InvalidXML',
  'Timeout',
  'TooManyLockFailure',
  'Unknown',
].join('|');

/** What no row can be the source of; `InvalidBatch : ` may stand twice. */
const structure = new RegExp(`^(?:(?:${codes}) : )*(?:Field name not found : )?`);

/** No more of a message is looked at, in characters. */
const longestExamined = 1_000;

function* cellsOf({ rows }: QuotableRows['document']): Generator<string> {
  for (const { cells } of rows) for (const cell of cells) yield cell;
}

/** The code of the message, and the column that it says is not found. */
function keptOf(text: string, names: readonly string[]): Span[] {
  const end = structure.exec(text)?.[0].length ?? 0;
  const isColumn = names.includes(text.slice(end).trim());
  return [{ start: 0, end: isColumn ? text.length : end }];
}

/**
 * Masks in the message of a job as a whole what came from its rows: whole cells as words, and every
 * run of more than `longestReadable` characters of a cell, whatever the wording. The code and
 * `Field name not found : X`, where X is a column, stay as they are. When not all rows of the job
 * are at hand, nobody can tell what came from the others, so that the rest is masked as a whole.
 * Takes time in proportion to the characters of all cells.
 */
export function redactJobMessage(message: string, { document, sent }: QuotableRows): string {
  const text = message.slice(0, longestExamined);
  const whole = { start: 0, end: text.length };
  const isAllAtHand = document.rows.length >= sent;
  return redact({
    text,
    cells: isAllAtHand ? cellsOf(document) : [],
    partsOfWordsFrom: longestReadable + 1,
    masked: isAllAtHand ? spansOfQuotedValues(text, new Set(document.header)) : [whole],
    kept: keptOf(text, document.header),
  }).shown(whole);
}
