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

/** Where the cells of rows with the same columns go in a line. */
interface Layout {
  readonly columns: readonly number[];
  /** The indexes of the cells in the order of the header. */
  readonly order: readonly number[];
  /** Empty cells before each of them, as commas. */
  readonly gaps: readonly string[];
  /** Empty cells after the last one, as commas. */
  readonly rest: string;
  /** For the cells of one row at a time. */
  readonly line: string[];
}

/** The layout of rows with these columns. Costs their number, not that of the header's columns. */
function layoutOf(columns: readonly number[], positions: readonly number[], width: number): Layout {
  const position = (index: number): number => positions[columns[index] as number] as number;
  const order = [...columns.keys()].sort((one, other) => position(one) - position(other));
  const places = order.map(position);
  const gaps = places.map((place, index) => ','.repeat(place - (places[index - 1] ?? -1) - 1));
  const rest = ','.repeat(width - 1 - (places.at(-1) ?? 0));
  return { columns, order, gaps, rest, line: new Array(order.length).fill('') };
}

/** Writes a row, at least one cell. Cells without a gap before them are joined as they are. */
function lineOfRow(cells: readonly string[], { order, gaps, rest, line }: Layout): string {
  for (let index = 0; index < order.length; index++) {
    const cell = cells[order[index] as number] as string;
    const gap = gaps[index] as string;
    line[index] = gap === '' ? cell : gap + cell;
  }
  const text = line.join(',') + rest;
  return text === '' ? lineOf(['']) : `${text}\n`;
}

/** Cells that need quotes, and where they go. */
class Quoting {
  readonly #cells: string[] = [];
  readonly #rows: string[][] = [];
  readonly #indexes: number[] = [];

  /** The cells of a row; those that need quotes are replaced by `finish`. */
  add(cells: readonly string[]): readonly string[] {
    let changed: string[] | null = null;
    for (let index = 0; index < cells.length; index++) {
      const cell = cells[index] as string;
      if (!isQuoted(cell)) continue;
      changed ??= [...cells];
      this.#cells.push(cell);
      this.#rows.push(changed);
      this.#indexes.push(index);
    }
    return changed ?? cells;
  }

  finish(): void {
    quotedAll(this.#cells).forEach((cell, place) => {
      const row = this.#rows[place] as string[];
      row[this.#indexes[place] as number] = cell;
    });
  }
}

/** Number of rows whose cells are quoted in one call. */
const block = 500;

/** Writes rows; a layout is kept for the next row, which mostly has the same columns. */
function linesOf(rows: readonly CsvRow[], positions: readonly number[], width: number): string[] {
  let layout: Layout | null = null;
  const lines: string[] = [];
  for (let start = 0; start < rows.length; start += block) {
    const those = rows.slice(start, start + block);
    const quoting = new Quoting();
    const written = those.map(({ cells }) => quoting.add(cells));
    quoting.finish();
    for (let index = 0; index < those.length; index++) {
      const { columns } = those[index] as CsvRow;
      if (layout?.columns !== columns) layout = layoutOf(columns, positions, width);
      lines.push(lineOfRow(written[index] as readonly string[], layout));
    }
  }
  return lines;
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
  const lines = linesOf(rows, positions, header.length);
  return { text: headerLine + lines.join(''), header, rows };
}
