import { parse } from 'csv-parse/sync';
import type { CsvDocument } from '../../csv/document.ts';
import type { ResultFile, ResultRow } from '../job/result-file.ts';
import type { JobRows, RowFate, StrayRow } from './fates.ts';
import { match, type Table } from './match.ts';

/** The rows at hand, as cells. */
function tableOf({ text, header }: CsvDocument): Table {
  const [, ...rows] = parse(text) as string[][];
  return { header, rows };
}

/** All cells of a row, the empty ones too. */
function denseCells({ columns, cells }: ResultRow, { header }: ResultFile): readonly string[] {
  const dense = header.map(() => '');
  for (const [place, column] of columns.entries()) dense[column] = cells[place] ?? '';
  return dense;
}

const tableOfFile = (file: ResultFile): Table => ({
  header: file.header,
  rows: file.rows.map((row) => denseCells(row, file)),
});

/** Gives the rows at hand their fates, each row one; `otherwise` is that of rows in no file. */
export class Assignment {
  readonly fates: RowFate[];
  readonly strays: StrayRow[] = [];
  /** Rows that nobody attempted, and rows that were written, that match none of ours. */
  readonly foreign = { unprocessed: 0, written: 0 };
  readonly #ours: Table;
  readonly #key: string | null;
  readonly #complete: boolean;
  readonly #free: Set<number>;

  constructor({ document, key, sent }: JobRows, otherwise: RowFate) {
    this.#ours = tableOf(document);
    this.#key = key;
    this.#complete = document.rows.length >= sent;
    this.fates = document.rows.map(() => otherwise);
    this.#free = new Set(document.rows.keys());
  }

  assign(file: ResultFile | null, fateOf: (row: ResultRow) => RowFate): void {
    if (file === null) return;
    const places = match({
      ours: this.#ours,
      theirs: tableOfFile(file),
      free: this.#free,
      key: this.#key,
      complete: this.#complete,
    });
    file.rows.forEach((row, index) => {
      const place = places[index] ?? null;
      const fate = fateOf(row);
      if (place === null) {
        if (fate.kind === 'failed') {
          const cells = denseCells(row, file);
          this.strays.push({ header: file.header, cells, ...fate });
        } else this.foreign[fate.kind]++;
        return;
      }
      this.#free.delete(place);
      this.fates[place] = fate;
    });
  }
}
