import { type Comparison, comparable, looselyComparable } from '../../csv/comparable.ts';
import type { ResultFile } from '../job/result-file.ts';
import type { SentRows, SparseRow } from './row-result.ts';

/**
 * How much alike two rows must be. `exact`: the same text. `value`: what Salesforce takes for the
 * same. `loose`: whatever the form of numbers, dates and ids, the blanks and the capitals.
 */
export type Level = 'exact' | 'value' | 'loose';

type Normalize = (cell: string, place: number) => string;

const folded = (name: string): string => name.trim().toLowerCase();

/** The place of each of our columns in a file; undefined: the file leaves it out. */
type Places = (column: number) => number | undefined;

/** The filled cells of a row, each with its place, in the order of their places. */
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

/** Reads the rows of one job and of one of its result files as texts that can be compared. */
export class Comparer {
  readonly #sent: SentRows;
  readonly #places = new Map<string, number>();
  readonly #ourPlaces: (number | undefined | null)[] = [];
  /** The place of the key in the file; null: there is no key, or the file leaves it out. */
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

  /** Whether rows are told apart by a key: then the first that is alike is the one. */
  get isKeyed(): boolean {
    return this.#key !== null;
  }

  /** Whether the file has any of our columns at all. */
  get isComparable(): boolean {
    const { rows } = this.#sent;
    return rows.some(({ columns }) => columns.some((one) => this.#placeOf(one) !== undefined));
  }

  /** The cells of one of our rows that tell it from others. */
  ourCells(row: SparseRow, level: Level): readonly string[] {
    return cellsOf(row, (column) => this.#placeOf(column), this.#spellings[level]);
  }

  /** Those of one of the file's rows. */
  theirCells(row: SparseRow, level: Level): readonly string[] {
    return cellsOf(row, (place) => this.#counting(place), this.#spellings[level]);
  }

  /** One of our rows as a text. */
  ours(row: SparseRow, level: Level): string {
    return this.ourCells(row, level).join('\u0000');
  }

  /** One of the file's rows as a text. */
  theirs(row: SparseRow, level: Level): string {
    return this.theirCells(row, level).join('\u0000');
  }

  /** A place counts if it is the key's, or there is no key. */
  #counting(place: number | undefined): number | undefined {
    return this.#key === null || place === this.#key ? place : undefined;
  }

  #placeOf(column: number): number | undefined {
    const known = this.#ourPlaces[column];
    if (known !== undefined) return known ?? undefined;
    const place = this.#counting(this.#places.get(folded(this.#sent.column(column).name)));
    this.#ourPlaces[column] = place ?? null;
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
