import { pipeline } from 'node:stream/promises';
import { NoReply } from '../../runtime/http/no-reply.ts';
import type { OpenReply } from '../../runtime/http/send.ts';
import { AttemptFailed, failureOfReply } from '../call/failure.ts';

/** The result files of a job. Source: Bulk API 2.0 developer guide. */
export type ResultKind = 'successfulResults' | 'failedResults' | 'unprocessedrecords';

/** A row of a result file without its empty cells, since most cells of a wide job are empty. */
export interface ResultRow {
  /** The index of each cell's column in the file's header, ascending. */
  readonly columns: readonly number[];
  /** The non-empty cells, as many as `columns`. */
  readonly cells: readonly string[];
  /** `sf__Error`; empty in the files of rows that did not fail. */
  readonly error: string;
}

/** A result file: the rows as they were sent, in any order. */
export interface ResultFile {
  /** The names of the sent columns. */
  readonly header: readonly string[];
  readonly rows: readonly ResultRow[];
}

/** A request for a result file. */
export interface ResultRequest {
  readonly kind: ResultKind;
  /** The least number of rows that the file must have. */
  readonly least: number;
}

/** The column that identifies a kind of file; the file of unprocessed rows has only sent columns. */
const marks: Readonly<Record<ResultKind, string | null>> = {
  successfulResults: 'sf__Created',
  failedResults: 'sf__Error',
  unprocessedrecords: null,
};

/** Columns that Salesforce adds; others with this prefix are fields of a package called `sf`. */
const added: ReadonlySet<string> = new Set(['sf__Id', 'sf__Created', 'sf__Error']);

/** Collects the rows of a file. */
class Rows {
  readonly header: string[] = [];
  readonly rows: ResultRow[] = [];
  /** For each column of the file, its index in the header; -1 for columns that Salesforce adds. */
  readonly #places: readonly number[];
  readonly #errorColumn: number;

  constructor(names: readonly string[]) {
    this.#places = names.map((name) => (added.has(name) ? -1 : this.header.push(name) - 1));
    this.#errorColumn = names.indexOf('sf__Error');
  }

  add(line: readonly string[]): void {
    const columns: number[] = [];
    const cells: string[] = [];
    line.forEach((cell, column) => {
      const place = this.#places[column] ?? -1;
      if (cell === '' || place === -1) return;
      columns.push(place);
      cells.push(cell);
    });
    this.rows.push({ columns, cells, error: line[this.#errorColumn] ?? '' });
  }
}

/** Reads the header; null if it is not one of this kind of file, as in a page of HTML, which parses as
 * CSV. */
function begun(names: readonly string[], kind: ResultKind): Rows | null {
  const mark = marks[kind];
  return mark === null || names.includes(mark) ? new Rows(names) : null;
}

/** The line ends are given, not detected: a file may have one kind after its header and another later. */
const csv = { relax_column_count: true, record_delimiter: ['\r\n', '\n'] };

/**
 * Reads a result file as a stream, keeping only non-empty cells. An empty body, which Salesforce sends
 * instead of a header alone, is an empty file. Throws `AttemptFailed` if it is not CSV, lacks a header
 * or the column that identifies its kind, or has fewer rows than `least` (a file that was truncated
 * between two rows looks complete), and `NoReply` if the body is truncated.
 */
export async function readResultFile(
  reply: OpenReply,
  { kind, least }: ResultRequest,
): Promise<ResultFile> {
  const refused = () => new AttemptFailed(failureOfReply(reply, `${least} rows of ${kind} in CSV`));
  let file: Rows | null = null;
  const readLines = async (lines: AsyncIterable<string[]>) => {
    for await (const line of lines) {
      if (file !== null) file.add(line);
      else file = begun(line, kind);
      if (file === null) throw refused();
    }
    return file ?? new Rows([]);
  };
  // Loaded at the first result file: most jobs need none.
  const { parse } = await import('csv-parse');
  // The parser's error is not kept: it quotes a row.
  const read = await pipeline(reply.body, parse(csv), readLines).catch((error: unknown) => {
    throw error instanceof NoReply || error instanceof AttemptFailed ? error : refused();
  });
  if (read.rows.length < least) throw refused();
  return { header: read.header, rows: read.rows };
}
