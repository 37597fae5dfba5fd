import { pipeline } from 'node:stream/promises';
import { parse } from 'csv-parse';
import { NoReply } from '../../runtime/http/no-reply.ts';
import type { OpenReply } from '../../runtime/http/send.ts';
import { AttemptFailed, failureOfReply } from '../call/failure.ts';

/** The files that say what became of the rows of a job. Source: Bulk API 2.0 developer guide. */
export type ResultKind = 'successfulResults' | 'failedResults' | 'unprocessedrecords';

/** A row of a result file, without its empty cells: most cells of a wide job are. */
export interface ResultRow {
  /** Where each cell stands in the file's header, ascending. */
  readonly columns: readonly number[];
  /** The cells that are not empty, as many as `columns`. */
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

/** Columns that Salesforce adds; others with this prefix are fields of a package called `sf`. */
const added: ReadonlySet<string> = new Set(['sf__Id', 'sf__Created', 'sf__Error']);

/** A file while it is read. */
class Rows {
  readonly header: string[] = [];
  readonly rows: ResultRow[] = [];
  /** For each column of the file its place in the header; -1 for one that Salesforce adds. */
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

/** The header, by which a file is told from a page of HTML, which reads as CSV; null: it is none. */
function begun(names: readonly string[], kind: ResultKind): Rows | null {
  const mark = marks[kind];
  return mark === null || names.includes(mark) ? new Rows(names) : null;
}

/** Line ends are told to the parser: a file may have one kind after its header and another after rows. */
const csv = { relax_column_count: true, record_delimiter: ['\r\n', '\n'] };

/**
 * Reads a result file as it arrives, so that only cells which are not empty are ever kept. Without
 * a body, which Salesforce sends in place of a header alone, it is empty if no row is expected.
 * Throws `AttemptFailed` when it is no CSV, has no header, lacks the column by which such a file is
 * known, or has fewer rows than `least` (a file that was cut off between two rows looks whole), and
 * `NoReply` when the body is cut off.
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
  // The parser's error is not kept, since it quotes a row.
  const read = await pipeline(reply.body, parse(csv), readLines).catch((error: unknown) => {
    throw error instanceof NoReply || error instanceof AttemptFailed ? error : refused();
  });
  if (read.rows.length < least) throw refused();
  return { header: read.header, rows: read.rows };
}
