import type { ResultFile } from '../job/result-file.ts';
import { Comparer, type Level } from './comparer.ts';
import type { RowResult, SentRows, SparseRow } from './row-result.ts';

/** A result file, and what it says of each of its rows. */
export interface FileWithResults {
  readonly file: ResultFile;
  readonly resultOf: (row: ResultFile['rows'][number]) => RowResult;
}

/** A row of a file that no row at hand was found for. */
export interface UnassignedResult {
  readonly file: ResultFile;
  readonly row: ResultFile['rows'][number];
  readonly result: RowResult;
}

interface OpenFile extends FileWithResults {
  readonly comparer: Comparer;
  left: readonly ResultFile['rows'][number][];
}

/** Gives the rows at hand their results, each row one. */
export class Assignment {
  /** Null: no file has told of the row yet. */
  readonly results: (RowResult | null)[];
  readonly #rows: readonly SparseRow[];
  readonly #free: Set<number>;
  readonly #files: readonly OpenFile[];

  constructor(sent: SentRows, files: readonly FileWithResults[]) {
    this.#rows = sent.rows;
    this.results = sent.rows.map(() => null);
    this.#free = new Set(sent.rows.keys());
    this.#files = files.map((one) => {
      const comparer = new Comparer(sent, one.file);
      return { ...one, comparer, left: one.file.rows };
    });
  }

  /** The rows at hand that no file has told of yet, in their order. */
  get free(): readonly number[] {
    return [...this.#free];
  }

  get left(): readonly UnassignedResult[] {
    return this.#files.flatMap(({ file, left, resultOf }) =>
      left.map((row) => ({ file, row, result: resultOf(row) })),
    );
  }

  /** Gives each row of the files that is left the first free row which is alike. */
  match(level: Level): void {
    for (const file of this.#files) this.#take(file, level, () => true);
  }

  /**
   * The same, but only where it cannot be another row: rows are told apart by a key, or all of the
   * job's are at hand and as many are alike as the file has, or those that are alike are equal.
   */
  matchUnambiguous(level: Level, complete: boolean): void {
    for (const file of this.#files) {
      const { comparer } = file;
      const isOneText = (rows: readonly number[]) =>
        new Set(rows.map((row) => comparer.ours(this.#rows[row] as SparseRow, 'exact'))).size === 1;
      this.#take(
        file,
        level,
        (ours, theirs) =>
          comparer.isKeyed || (complete && (ours.length === theirs || isOneText(ours))),
      );
    }
  }

  /**
   * Whether a row of a file that is left may be one that is free: it has no cell that none of those
   * has. Salesforce is known to leave values out of a result.
   * Source: known issue a028c00000gAyI4AAK.
   */
  isAmbiguous(): boolean {
    return this.#files.some(({ comparer, left }) => {
      if (left.length === 0) return false;
      const free = new Set<string>();
      for (const row of this.#free) {
        for (const cell of comparer.ourCells(this.#rows[row] as SparseRow, 'loose')) free.add(cell);
      }
      return left.some((row) => comparer.theirCells(row, 'loose').every((cell) => free.has(cell)));
    });
  }

  /** What the rows of the files say that are left and loosely like one that is free, without a key. */
  alike(): readonly RowResult[] {
    return this.#files.flatMap(({ comparer, left, resultOf }) => {
      const free = comparer.isKeyed ? new Map() : this.#byText(comparer, 'loose');
      return left.filter((row) => free.has(comparer.theirs(row, 'loose'))).map(resultOf);
    });
  }

  /** Gives a free row its result. */
  assign(row: number, result: RowResult): void {
    this.#free.delete(row);
    this.results[row] = result;
  }

  #byText(comparer: Comparer, level: Level): Map<string, number[]> {
    if (!comparer.isComparable) return new Map();
    return Map.groupBy(this.#free, (row) => comparer.ours(this.#rows[row] as SparseRow, level));
  }

  #take(file: OpenFile, level: Level, may: (ours: number[], theirs: number) => boolean): void {
    const { comparer, resultOf } = file;
    if (file.left.length === 0 || this.#free.size === 0) return;
    const ours = this.#byText(comparer, level);
    const theirs = Map.groupBy(file.left, (row) => comparer.theirs(row, level));
    file.left = [...theirs].flatMap(([text, rows]) => {
      const places = ours.get(text) ?? [];
      if (places.length === 0 || !may(places, rows.length)) return rows;
      rows.slice(0, places.length).forEach((row, index) => {
        this.assign(places[index] as number, resultOf(row));
      });
      return rows.slice(places.length);
    });
  }
}
