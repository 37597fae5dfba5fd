import { parse } from 'csv-parse/sync';
import type { HttpReply } from '../../http/send.ts';
import { AttemptFailed, failureOfReply } from '../call/failure.ts';

/** The files that say what became of the rows of a job. Source: Bulk API 2.0 developer guide. */
export type ResultKind = 'successfulResults' | 'failedResults' | 'unprocessedrecords';

/** A row of a result file. */
export interface ResultRow {
  /** The columns of the file's header that it fills, and its cells in them. */
  readonly columns: readonly number[];
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

/** What is asked for. */
export interface ResultRequest {
  readonly kind: ResultKind;
  /** The fewest rows that there must be. */
  readonly least: number;
}

/** The column by which a file is known; that of unprocessed rows is as it was sent. */
const marks: Readonly<Record<ResultKind, string | null>> = {
  successfulResults: 'sf__Created',
  failedResults: 'sf__Error',
  unprocessedrecords: null,
};

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
 * Reads a result file. Throws `AttemptFailed` when it is no CSV, has no header, lacks the column by
 * which such a file is known (a page of HTML reads as CSV), or has fewer rows than `least`: a file
 * that was cut off between two rows looks whole.
 */
export function resultFileOf(reply: HttpReply, { kind, least }: ResultRequest): ResultFile {
  const [names, ...lines] = linesOf(reply);
  const mark = marks[kind];
  const isOne = names !== undefined && (mark === null || names.includes(mark));
  if (!isOne || lines.length < least) {
    throw new AttemptFailed(failureOfReply(reply, `${least} rows of ${kind} in CSV`));
  }
  const sent = names.flatMap((name, column) => (isAdded(name) ? [] : [column]));
  const errorColumn = names.indexOf('sf__Error');
  const textAt = (line: readonly string[], column: number) => line[column] ?? '';
  return {
    header: sent.map((column) => textAt(names, column)),
    rows: lines.map((line) => {
      const columns = sent.flatMap((column, place) => (textAt(line, column) === '' ? [] : [place]));
      return {
        columns,
        cells: columns.map((place) => textAt(line, sent[place] as number)),
        error: textAt(line, errorColumn),
      };
    }),
  };
}
