import { SinkError } from '../errors.ts';
import { type Columns, type CsvRow, usedColumns } from './columns.ts';
import { limits } from './limits.ts';
import { quoted } from './quote.ts';

/** The CSV of one job: UTF-8, no byte order mark, LF, comma, RFC 4180 quoting. */
export interface CsvDocument<R extends CsvRow = CsvRow> {
  /** Header line and data lines, each terminated by LF. */
  readonly text: string;
  /** The union of the rows' field names, sorted by code unit. */
  readonly header: readonly string[];
  /** `rows[i]` is data row `i`, which may span lines, since cells may contain line breaks. */
  readonly rows: readonly R[];
}

/** Joins cells. A single empty cell is `""`, since Salesforce skips empty lines. */
function lineOf(cells: readonly string[]): string {
  return cells.length === 1 && cells[0] === '' ? '""\n' : `${cells.join(',')}\n`;
}

function checkHeader(header: readonly string[], line: string): void {
  if (line.length > limits.headerCharacters || header.length > limits.recordFields) {
    throw new SinkError(
      'HEADER_TOO_LONG',
      `The flush has ${header.length} columns and a header of ${line.length} characters; Salesforce takes at most ${limits.recordFields} and ${limits.headerCharacters}. Make the batch smaller, or send records with fewer distinct fields.`,
    );
  }
}

/** Limits the cells of the document, empty ones included, to what fits into memory. */
function checkSize(rows: readonly CsvRow[], width: number): void {
  if (rows.length * width <= limits.cells) return;
  throw new SinkError(
    'DOCUMENT_TOO_LONG',
    `The flush has ${rows.length} rows and ${width} columns, which exceeds the function's memory. Make the batch smaller, or send records with fewer distinct fields.`,
  );
}

/** The positions of the used columns in the header: `positions[column]`. */
function positionsOf(sorted: readonly { readonly column: number }[]): readonly number[] {
  const positions: number[] = [];
  sorted.forEach(({ column }, position) => {
    positions[column] = position;
  });
  return positions;
}

function lineOfRow(
  { columns, cells }: CsvRow,
  positions: readonly number[],
  width: number,
): string {
  const line: string[] = new Array(width).fill('');
  for (let index = 0; index < cells.length; index++) {
    const position = positions[columns[index] as number];
    if (position !== undefined) line[position] = quoted(cells[index] as string);
  }
  return lineOf(line);
}

/**
 * Creates the CSV of rows, at least one. A missing field is an empty cell. Throws `HEADER_TOO_LONG`
 * when the union of all fields exceeds Salesforce's limits, and `DOCUMENT_TOO_LONG` when the cells
 * exceed the function's memory.
 */
export function documentOf<R extends CsvRow>(rows: readonly R[], columns: Columns): CsvDocument<R> {
  const sorted = columns.sorted(usedColumns(rows));
  const header = sorted.map(({ name }) => name);
  const headerLine = lineOf(header);
  checkHeader(header, headerLine);
  checkSize(rows, header.length);

  const positions = positionsOf(sorted);
  const lines = rows.map((row) => lineOfRow(row, positions, header.length));
  return { text: headerLine + lines.join(''), header, rows };
}
