import type { ResultFile } from '../job/result-file.ts';
import { Comparer, type Level } from './comparer.ts';
import type { RowResult, SentRows, SparseRow } from './row-result.ts';

/** A result file, and the result of each of its rows. */
export interface FileWithResults {
  readonly file: ResultFile;
  readonly resultOf: (row: ResultFile['rows'][number]) => RowResult;
  /** Whether its rows are assigned to the last of equal sent rows; default: to the first. */
  readonly takesLast?: boolean;
}

/** A row of a file that is not assigned to any sent row. */
export interface UnassignedResult {
  readonly file: ResultFile;
  readonly row: ResultFile['rows'][number];
  readonly result: RowResult;
}

interface OpenFile extends FileWithResults {
  readonly comparer: Comparer;
  left: readonly ResultFile['rows'][number][];
}

/** Assigns results to sent rows, one to each. */
export class Assignment {
  /** Null: not assigned yet. */
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

  /** The sent rows without a result, in their order. */
  get free(): readonly number[] {
    return [...this.#free];
  }

  get left(): readonly UnassignedResult[] {
    return this.#files.flatMap(({ file, left, resultOf }) =>
      left.map((row) => ({ file, row, result: resultOf(row) })),
    );
  }

  /** Assigns each remaining row of the files to the first free sent row that is equal at this level. */
  match(level: Level): void {
    for (const file of this.#files) this.#take(file, level, () => true);
  }

  /**
   * The same, but only if no other row can be meant: rows have a key, or all rows of the job are
   * available and the equal ones are as many as in the file or have the same text.
   */
  matchUnambiguous(level: Level, complete: boolean): void {
    for (const file of this.#files) {
      const { comparer } = file;
      const isOneText = (rows: readonly number[]) =>
        new Set(rows.map((row) => comparer.sentText(this.#rows[row] as SparseRow, 'exact')))
          .size === 1;
      this.#take(
        file,
        level,
        (ours, theirs) =>
          comparer.isKeyed || (complete && (ours.length === theirs || isOneText(ours))),
      );
    }
  }

  /**
   * Whether a remaining row of a file may be a free sent row: each of its cells occurs in one of those.
   * Salesforce is known to leave values out of a result.
   * Source: known issue a028c00000gAyI4AAK.
   */
  isAmbiguous(): boolean {
    return this.#files.some(({ comparer, left }) => {
      if (left.length === 0) return false;
      const free = new Set<string>();
      for (const row of this.#free) {
        for (const cell of comparer.sentCells(this.#rows[row] as SparseRow, 'loose'))
          free.add(cell);
      }
      return left.some((row) => comparer.fileCells(row, 'loose').every((cell) => free.has(cell)));
    });
  }

  /** The results of remaining rows that are loosely equal to a free sent row, where rows have no key. */
  alike(): readonly RowResult[] {
    return this.#files.flatMap(({ comparer, left, resultOf }) => {
      const free = comparer.isKeyed ? new Map() : this.#byText(comparer, 'loose');
      return left.filter((row) => free.has(comparer.fileText(row, 'loose'))).map(resultOf);
    });
  }

  /** Assigns a result to a free row. */
  assign(row: number, result: RowResult): void {
    this.#free.delete(row);
    this.results[row] = result;
  }

  #byText(comparer: Comparer, level: Level): Map<string, number[]> {
    if (!comparer.isComparable) return new Map();
    return Map.groupBy(this.#free, (row) => comparer.sentText(this.#rows[row] as SparseRow, level));
  }

  #take(file: OpenFile, level: Level, may: (ours: number[], theirs: number) => boolean): void {
    const { comparer, resultOf, takesLast = false } = file;
    if (file.left.length === 0 || this.#free.size === 0) return;
    const ours = this.#byText(comparer, level);
    const theirs = Map.groupBy(file.left, (row) => comparer.fileText(row, level));
    file.left = [...theirs].flatMap(([text, rows]) => {
      const places = ours.get(text) ?? [];
      if (places.length === 0 || !may(places, rows.length)) return rows;
      rows.slice(0, places.length).forEach((row, index) => {
        this.assign(places.at(takesLast ? -1 - index : index) as number, resultOf(row));
      });
      return rows.slice(places.length);
    });
  }
}
