import { parse } from 'csv-parse/sync';
import type { HttpReply } from '../../http/send.ts';
import { AttemptFailed, failureOfReply } from '../call/failure.ts';

/** The files that say what became of the rows of a job. Source: Bulk API 2.0 developer guide. */
export type ResultKind = 'successfulResults' | 'failedResults' | 'unprocessedrecords';

/** A row of a result file. */
export interface ResultRow {
  /** Its cells, in the order of the file's header. */
  readonly cells: readonly string[];
  /** `sf__Error`; empty in the files of rows that did not fail. */
  readonly error: string;
}

/** A result file: the rows as they were sent, in no promised order. */
export interface ResultFile {
  /** The names of the columns that were sent. */
  readonly header: readonly string[];
  readonly rows: readonly ResultRow[];
}

/** Columns that Salesforce adds: `sf__Id`, and `sf__Error` or `sf__Created`. */
const isAdded = (name: string): boolean => name.startsWith('sf__');

/** Reads the CSV; the parser's error is not kept, since it may quote a row. */
function linesOf(reply: HttpReply): string[][] {
  try {
    return parse(reply.body, { relax_column_count: true });
  } catch {
    throw new AttemptFailed(failureOfReply(reply, 'rows in CSV'));
  }
}

/**
 * Reads a result file. Throws `AttemptFailed` when it is no CSV, has no header, or has fewer rows
 * than `least`: a file that was cut off between two rows looks whole.
 */
export function resultFileOf(reply: HttpReply, least: number): ResultFile {
  const [names, ...lines] = linesOf(reply);
  if (names === undefined || lines.length < least) {
    throw new AttemptFailed(failureOfReply(reply, `${least} rows in CSV`));
  }
  const sent = names.flatMap((name, column) => (isAdded(name) ? [] : [column]));
  const errorColumn = names.indexOf('sf__Error');
  const textAt = (line: readonly string[], column: number) => line[column] ?? '';
  return {
    header: sent.map((column) => textAt(names, column)),
    rows: lines.map((line) => ({
      cells: sent.map((column) => textAt(line, column)),
      error: textAt(line, errorColumn),
    })),
  };
}
