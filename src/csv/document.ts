import { SinkError } from '../errors.ts';
import { type Columns, type CsvRow, usedColumns } from './columns.ts';
import { limits } from './limits.ts';
import { quoted } from './quote.ts';

/** The CSV of one job: UTF-8, no byte order mark, LF, comma, RFC 4180 quoting. */
export interface CsvDocument<R extends CsvRow = CsvRow> {
  /** Header line and data lines, each ended by LF. */
  readonly text: string;
  /** The union of the rows' field names, sorted by code unit. */
  readonly header: readonly string[];
  /** `rows[i]` is data row `i`. A row is no text line: cells hold line breaks. */
  readonly rows: readonly R[];
}

/** A lone empty cell is written `""`, since Salesforce would take an empty line for no row. */
function lineOf(cells: readonly string[]): string {
  return cells.length === 1 && cells[0] === '' ? '""\n' : `${cells.join(',')}\n`;
}

function checkHeader(header: readonly string[], line: string): void {
  if (line.length > limits.headerCharacters || header.length > limits.recordFields) {
    throw new SinkError(
      'HEADER_TOO_LONG',
      `The flush has ${header.length} columns and a header of ${line.length} characters; Salesforce takes ${limits.recordFields} and ${limits.headerCharacters}. Make the batch smaller, or send records with fewer different fields.`,
    );
  }
}

/** Many rows under a header that most of them do not use are commas by the million. */
function checkSize(rows: readonly CsvRow[], width: number): void {
  if (rows.length * width <= limits.cells) return;
  throw new SinkError(
    'DOCUMENT_TOO_LONG',
    `The flush has ${rows.length} rows under ${width} columns, which is more than the function has memory for. Make the batch smaller, or send records with fewer different fields.`,
  );
}

/** The places of the columns in the header: `places[column]`, for the columns that rows use. */
function placesOf(sorted: readonly { readonly column: number }[]): readonly number[] {
  const places: number[] = [];
  sorted.forEach(({ column }, place) => {
    places[column] = place;
  });
  return places;
}

function lineOfRow({ columns, cells }: CsvRow, places: readonly number[], width: number): string {
  const line: string[] = new Array(width).fill('');
  for (let index = 0; index < cells.length; index++) {
    const place = places[columns[index] as number];
    if (place !== undefined) line[place] = quoted(cells[index] as string);
  }
  return lineOf(line);
}

/**
 * Writes rows, at least one, under the header that they need; a missing field is an empty cell.
 * Throws `HEADER_TOO_LONG` when the union of all fields is more than Salesforce takes, and
 * `DOCUMENT_TOO_LONG` when it makes the rows too long for the function's memory.
 */
export function documentOf<R extends CsvRow>(rows: readonly R[], columns: Columns): CsvDocument<R> {
  const sorted = columns.sorted(usedColumns(rows));
  const header = sorted.map(({ name }) => name);
  const headerLine = lineOf(header);
  checkHeader(header, headerLine);
  checkSize(rows, header.length);

  const places = placesOf(sorted);
  const lines = rows.map((row) => lineOfRow(row, places, header.length));
  return { text: headerLine + lines.join(''), header, rows };
}
