import { type Comparison, comparable, looselyComparable } from '../../csv/comparable.ts';
import type { ResultFile } from '../job/result-file.ts';
import type { SentRows, SparseRow } from './row-result.ts';

/**
 * How rows are compared. `exact`: by text. `value`: as Salesforce compares values. `loose`: ignoring
 * the form of numbers, dates and ids, blanks and case.
 */
export type Level = 'exact' | 'value' | 'loose';

type Normalize = (cell: string, place: number) => string;

const folded = (name: string): string => name.trim().toLowerCase();

/** The index of a sent column in a file; undefined: the file does not have it. */
type Places = (column: number) => number | undefined;

/** The non-empty cells of a row with their indexes, in the order of the file's columns. */
function cellsOf({ columns, cells }: SparseRow, placeOf: Places, spell: Normalize): string[] {
  const filled: [place: number, text: string][] = [];
  columns.forEach((column, index) => {
    const place = placeOf(column);
    if (place === undefined) return;
    const text = spell(cells[index] ?? '', place);
    if (text !== '') filled.push([place, text]);
  });
  filled.sort(([one], [other]) => one - other);
  return filled.map(([place, text]) => `${place}\u0001${text}`);
}

/** Turns the rows of a job, and of one of its result files, into comparable texts. */
export class Comparer {
  readonly #sent: SentRows;
  readonly #places = new Map<string, number>();
  /** For each sent column its index in the file; null: the file does not have it; undefined: not looked up. */
  readonly #sentIndexes: (number | undefined | null)[] = [];
  /** The index of the key in the file; null: there is no key, or the file does not have it. */
  readonly #key: number | null;
  readonly #spellings: Readonly<Record<Level, Normalize>>;

  constructor(sent: SentRows, { header }: ResultFile) {
    this.#sent = sent;
    header.forEach((name, place) => {
      if (!this.#places.has(folded(name))) this.#places.set(folded(name), place);
    });
    const key = sent.key === null ? undefined : this.#places.get(folded(sent.key.name));
    this.#key = key ?? null;
    const keyText = key === undefined ? null : sent.key?.text;
    const byKey: Normalize | null = keyText ? (cell) => keyText(cell).group : null;
    this.#spellings = {
      exact: (cell) => cell,
      value: byKey ?? this.#value(),
      loose: byKey ?? looselyComparable,
    };
  }

  /** Whether rows are identified by a key. */
  get isKeyed(): boolean {
    return this.#key !== null;
  }

  /** Whether the file has any sent column. */
  get isComparable(): boolean {
    const { rows } = this.#sent;
    return rows.some(({ columns }) => columns.some((one) => this.#placeOf(one) !== undefined));
  }

  /** The identifying cells of a sent row. */
  sentCells(row: SparseRow, level: Level): readonly string[] {
    return cellsOf(row, (column) => this.#placeOf(column), this.#spellings[level]);
  }

  /** The identifying cells of a row of the file. */
  fileCells(row: SparseRow, level: Level): readonly string[] {
    return cellsOf(row, (place) => this.#counting(place), this.#spellings[level]);
  }

  /** The text of a sent row. */
  sentText(row: SparseRow, level: Level): string {
    return this.sentCells(row, level).join('\u0000');
  }

  /** The text of a row of the file. */
  fileText(row: SparseRow, level: Level): string {
    return this.fileCells(row, level).join('\u0000');
  }

  /** A column counts if it is the key, or there is no key. */
  #counting(place: number | undefined): number | undefined {
    return this.#key === null || place === this.#key ? place : undefined;
  }

  #placeOf(column: number): number | undefined {
    const cached = this.#sentIndexes[column];
    if (cached !== undefined) return cached ?? undefined;
    const place = this.#counting(this.#places.get(folded(this.#sent.column(column).name)));
    this.#sentIndexes[column] = place ?? null;
    return place;
  }

  #value(): Normalize {
    const comparisons: Comparison[] = [];
    for (const column of new Set(this.#sent.rows.flatMap(({ columns }) => columns))) {
      const place = this.#placeOf(column);
      if (place !== undefined) comparisons[place] = this.#sent.column(column).comparison;
    }
    return (cell, place) => comparable(cell, comparisons[place] ?? 'unknown');
  }
}
