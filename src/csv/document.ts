import { SinkError } from '../errors.ts';
import { type Columns, type CsvRow, usedColumns } from './columns.ts';
import { limits } from './limits.ts';
import { isQuoted, quotedAll } from './quote.ts';

/** The CSV of one job: UTF-8, no byte order mark, LF, comma, RFC 4180 quoting. */
export interface CsvDocument<R extends CsvRow = CsvRow> {
  /** Header line and data lines, each terminated by LF. */
  readonly text: string;
  /** The union of the rows' field names, sorted by code unit. */
  readonly header: readonly string[];
  /** `rows[i]` is data row `i`, which may span lines, since cells may contain line breaks. */
  readonly rows: readonly R[];
}

/** The line of a single empty cell, since Salesforce skips empty lines. */
const emptyLine = '""';

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

/** The positions of the used columns in the header: `positions[column]`. */
function positionsOf(sorted: readonly { readonly column: number }[]): readonly number[] {
  const positions: number[] = [];
  sorted.forEach(({ column }, position) => {
    positions[column] = position;
  });
  return positions;
}

/** Where columns are in the header. */
interface Header {
  /** `positions[column]`. */
  readonly positions: readonly number[];
  readonly width: number;
}

/** A line of rows with the same columns. */
interface Layout {
  readonly columns: readonly number[];
  /** `parts[slots[index]]` is for cell `index`. */
  readonly slots: readonly number[];
  /** The line before it is joined with commas: cells, and between them texts of commas for empty ones. */
  readonly parts: string[];
}

/** Texts of commas by their length. */
const commas: string[] = [];

/** What stands for `count` empty cells, at least one, in a line that is joined with commas. */
function emptyCells(count: number): string {
  commas[count] ??= ','.repeat(count - 1);
  return commas[count];
}

/** The layout of rows with these columns. Costs their number, not that of the header's columns. */
function layoutOf(columns: readonly number[], { positions, width }: Header): Layout {
  const places = columns.map((column, index) => ({ index, at: positions[column] as number }));
  places.sort((one, other) => one.at - other.at);
  const slots = new Array<number>(columns.length).fill(0);
  const parts: string[] = [];
  let next = 0;
  for (const { index, at } of places) {
    if (at > next) parts.push(emptyCells(at - next));
    slots[index] = parts.push('') - 1;
    next = at + 1;
  }
  if (next < width) parts.push(emptyCells(width - next));
  return { columns, slots, parts };
}

/** Cells that need quotes. */
interface Quoted {
  /** Their numbers, counting all cells of all rows. */
  readonly numbers: readonly number[];
  /** With their quotes. */
  readonly cells: readonly string[];
}

function quotedIn(rows: readonly CsvRow[]): Quoted {
  const numbers: number[] = [];
  const those: string[] = [];
  let number = 0;
  for (const { cells } of rows) {
    for (const cell of cells) {
      if (isQuoted(cell)) {
        numbers.push(number);
        those.push(cell);
      }
      number++;
    }
  }
  return { numbers, cells: quotedAll(those) };
}

/** Number of rows whose cells are quoted before they are joined. */
const block = 100;

/** Writes rows; a layout is kept for the next row, which mostly has the same columns. */
class Lines {
  readonly #lines: string[];
  readonly #header: Header;
  #layout: Layout | null = null;

  constructor(headerLine: string, header: Header) {
    this.#lines = [headerLine];
    this.#header = header;
  }

  #layoutFor(columns: readonly number[]): Layout {
    if (this.#layout?.columns !== columns) this.#layout = layoutOf(columns, this.#header);
    return this.#layout;
  }

  add(rows: readonly CsvRow[]): void {
    const quoted = quotedIn(rows);
    let number = 0;
    let next = 0;
    for (const { columns, cells } of rows) {
      const { slots, parts } = this.#layoutFor(columns);
      for (let index = 0; index < cells.length; index++) {
        const isNext = number++ === quoted.numbers[next];
        const cell = isNext ? quoted.cells[next++] : cells[index];
        parts[slots[index] as number] = cell as string;
      }
      this.#lines.push(parts.join(',') || emptyLine);
    }
  }

  text(): string {
    return [...this.#lines, ''].join('\n');
  }
}

/**
 * Creates the CSV of rows, at least one. A missing field is an empty cell. Throws `HEADER_TOO_LONG`
 * when the union of all fields exceeds Salesforce's limits, and `DOCUMENT_TOO_LONG` when the cells
 * exceed the function's memory.
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
  }
  return { text: lines.text(), header, rows };
}
