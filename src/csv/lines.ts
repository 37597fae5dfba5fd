import type { CsvRow } from './columns.ts';
import { limits } from './limits.ts';
import { isQuoted, quotedAll } from './quote.ts';

/** The line of a single empty cell, since Salesforce skips empty lines. */
const emptyLine = '""';

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

/** More than any line has; the empty cells of all lines are parts of this one text. */
const commas = ','.repeat(limits.recordFields);

/** What stands for `count` empty cells, at least one, in a line that is joined with commas. */
const emptyCells = (count: number): string => commas.slice(0, count - 1);

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

/** The lines of a document; a layout is kept for the next row, which mostly has the same columns. */
export class Lines {
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

  /** Writes rows; the cells of all that need quotes are quoted at once. */
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

  /** Header line and lines, each terminated by LF. */
  text(): string {
    return [...this.#lines, ''].join('\n');
  }
}
