import type { CsvDocument } from '../../csv/document.ts';
import { longestReadable } from './common-runs.ts';
import { redact } from './redact.ts';
import type { Span } from './span.ts';
import { spansOfQuotedValues } from './value-places.ts';

/** The rows that a job's message may quote. */
export interface QuotableRows {
  /** The available rows and their column names. */
  readonly document: Pick<CsvDocument, 'header' | 'rows'>;
  /** Number of rows of the job; more than those available after a redelivery in other batches. */
  readonly sent: number;
}

/** Codes at the start of a message. Source: Bulk API 2.0 developer guide, "Errors". */
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

/** The part of a message that cannot come from a row; `InvalidBatch : ` may occur twice. */
const structure = new RegExp(`^(?:(?:${codes}) : )*(?:Field name not found : )?`);

/** Maximum number of characters of a message that are examined. */
const longestExamined = 1_000;

function* cellsOf({ rows }: QuotableRows['document']): Generator<string> {
  for (const { cells } of rows) for (const cell of cells) yield cell;
}

/** The code of a message, and the column that it names as not found. */
function keptOf(text: string, names: readonly string[]): Span[] {
  const end = structure.exec(text)?.[0].length ?? 0;
  const isColumn = names.includes(text.slice(end).trim());
  return [{ start: 0, end: isColumn ? text.length : end }];
}

/**
 * Masks in a job's message what may come from its rows: whole cells as words, and every run of more
 * than `longestReadable` characters of a cell, whatever the wording. The code and
 * `Field name not found : X`, where X is a column, stay. If not all rows of the job are available, the
 * rest is masked as a whole. Takes time in proportion to the characters of all cells.
 */
export function redactJobMessage(message: string, { document, sent }: QuotableRows): string {
  const text = message.slice(0, longestExamined);
  const whole = { start: 0, end: text.length };
  const isComplete = document.rows.length >= sent;
  return redact({
    text,
    cells: isComplete ? cellsOf(document) : [],
    partsOfWordsFrom: longestReadable + 1,
    masked: isComplete ? spansOfQuotedValues(text, new Set(document.header)) : [whole],
    kept: keptOf(text, document.header),
  }).shown(whole);
}
