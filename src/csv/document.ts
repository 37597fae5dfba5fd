import { SinkError } from '../errors.ts';
import { type Columns, type CsvRow, usedColumns } from './columns.ts';
import { limits } from './limits.ts';
import { Lines } from './lines.ts';

/** The CSV of one job: UTF-8, no byte order mark, LF, comma, RFC 4180 quoting. */
export interface CsvDocument<R extends CsvRow = CsvRow> {
  /** Header line and data lines, each terminated by LF. */
  readonly text: string;
  /** The length of the text in UTF-8. */
  readonly bytes: number;
  /** The union of the rows' field names, sorted by code unit. */
  readonly header: readonly string[];
  /** `rows[i]` is data row `i`, which may span lines, since cells may contain line breaks. */
  readonly rows: readonly R[];
}

function checkHeader(header: readonly string[], line: string): void {
  if (line.length + 1 > limits.headerCharacters || header.length > limits.recordFields) {
    throw new SinkError(
      'HEADER_TOO_LONG',
      `The flush has ${header.length} columns and a header of ${line.length + 1} characters; Salesforce takes at most ${limits.recordFields} and ${limits.headerCharacters}. Make the batch smaller, or send records with fewer distinct fields.`,
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

/** Limits the bytes of the document, or of the part of it that is written. */
function checkBytes(bytes: number, rows: readonly CsvRow[]): void {
  if (bytes <= limits.documentBytes) return;
  throw new SinkError(
    'DOCUMENT_TOO_LONG',
    `The flush has ${rows.length} rows and more than ${limits.documentBytes / 1_000_000} MB, which is what Salesforce takes in one job. Make the batch smaller, or send shorter values.`,
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

/** Number of rows whose cells are quoted before they are joined. */
const block = 100;

/**
 * Creates the CSV of rows, at least one. A missing field is an empty cell. Throws `HEADER_TOO_LONG`
 * when the union of all fields exceeds Salesforce's limits, and `DOCUMENT_TOO_LONG` when the cells
 * exceed the function's memory, or the text Salesforce's limit of a job.
 */
export function documentOf<R extends CsvRow>(rows: readonly R[], columns: Columns): CsvDocument<R> {
  const sorted = columns.sorted(usedColumns(rows));
  const header = sorted.map(({ name }) => name);
  const headerLine = header.join(',');
  checkHeader(header, headerLine);
  checkSize(rows, header.length);

  const lines = new Lines(headerLine, { positions: positionsOf(sorted), width: header.length });
  for (let start = 0; start < rows.length; start += block) {
    lines.add(rows.slice(start, start + block));
    // No character takes less than a byte. The text may become too long for a string.
    checkBytes(lines.characters, rows);
  }
  const text = lines.text();
  const bytes = Buffer.byteLength(text);
  checkBytes(bytes, rows);
  return { text, bytes, header, rows };
}
