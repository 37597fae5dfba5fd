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
  // Position and index in one number each: a typed array is sorted several times as fast as objects.
  const count = columns.length;
  const places = new Int32Array(count);
  for (let index = 0; index < count; index++) {
    places[index] = (positions[columns[index] as number] as number) * count + index;
  }
  places.sort();
  const slots = new Array<number>(count).fill(0);
  const parts: string[] = [];
  let next = 0;
  for (const place of places) {
    const index = place % count;
    const at = (place - index) / count;
    if (at > next) parts.push(emptyCells(at - next));
    slots[index] = parts.push('') - 1;
    next = at + 1;
  }
  if (next < width) parts.push(emptyCells(width - next));
  return { columns, slots, parts };
}

/** The cells of rows that are not known to be plain, with quotes where they need them. */
class QuotedCells {
  /** The numbers of the quoted cells, counting those of all such rows. */
  readonly #numbers: number[] = [];
  readonly #quoted: readonly string[];
  #number = 0;
  #next = 0;

  constructor(rows: readonly CsvRow[]) {
    const those: string[] = [];
    let number = 0;
    for (const { cells, isPlain } of rows) {
      if (isPlain === true) continue;
      for (const cell of cells) {
        if (isQuoted(cell)) {
          this.#numbers.push(number);
          those.push(cell);
        }
        number++;
      }
    }
    this.#quoted = quotedAll(those);
  }

  /** The cells of the next row. */
  next(cells: readonly string[]): readonly string[] {
    const first = this.#number;
    this.#number += cells.length;
    if ((this.#numbers[this.#next] ?? this.#number) >= this.#number) return cells;
    const written = [...cells];
    for (; (this.#numbers[this.#next] ?? this.#number) < this.#number; this.#next++) {
      written[(this.#numbers[this.#next] as number) - first] = this.#quoted[this.#next] as string;
    }
    return written;
  }
}

/** The lines of a document; a layout is kept for the next row, which mostly has the same columns. */
export class Lines {
  readonly #lines: string[];
  readonly #header: Header;
  #layout: Layout | null = null;
  #characters: number;

  constructor(headerLine: string, header: Header) {
    this.#lines = [headerLine];
    this.#characters = headerLine.length + 1;
    this.#header = header;
  }

  /** The length of the text so far. */
  get characters(): number {
    return this.#characters;
  }

  #layoutFor(columns: readonly number[]): Layout {
    if (this.#layout?.columns !== columns) this.#layout = layoutOf(columns, this.#header);
    return this.#layout;
  }

  /** Writes rows; the cells of all that need quotes are quoted at once. */
  add(rows: readonly CsvRow[]): void {
    const quoted = new QuotedCells(rows);
    for (const row of rows) {
      const { slots, parts } = this.#layoutFor(row.columns);
      const cells = row.isPlain === true ? row.cells : quoted.next(row.cells);
      for (let index = 0; index < cells.length; index++) {
        parts[slots[index] as number] = cells[index] as string;
      }
      const line = parts.join(',') || emptyLine;
      this.#lines.push(line);
      this.#characters += line.length + 1;
    }
  }

  /** Header line and lines, each terminated by LF. */
  text(): string {
    return [...this.#lines, ''].join('\n');
  }
}
