import { checkFieldName, withoutType } from './field-name.ts';

/**
 * The columns of a flush in order of first appearance, numbered from 0. Salesforce's field names
 * are case-insensitive, so `email` and `Email` are one column.
 */
export class Columns {
  readonly #bySpelling = new Map<string, number>();
  readonly #byFoldedName = new Map<string, number>();
  readonly #names: string[] = [];

  /**
   * Returns the column of a name, adding it if it is new. Throws the record error
   * `FIELD_NAME_INVALID`.
   */
  of(name: string): number {
    return this.#bySpelling.get(name) ?? this.#add(name);
  }

  /** Returns the column of a name in any case; null when there is none. */
  find(name: string): number | null {
    return this.#byFoldedName.get(name.toLowerCase()) ?? null;
  }

  /** Returns a column's name. */
  name(column: number): string {
    return this.#names[column] ?? '';
  }

  /** Sets a column's name to Salesforce's spelling. */
  rename(column: number, name: string): void {
    this.#names[column] = name;
  }

  #add(name: string): number {
    checkFieldName(name);
    const folded = name.toLowerCase();
    const column = this.#byFoldedName.get(folded) ?? this.#names.length;
    const current = this.#names[column];
    this.#names[column] = current === undefined || name < current ? name : current;
    this.#byFoldedName.set(folded, column);
    this.#bySpelling.set(name, column);
    return column;
  }

  /** Returns the columns named like the relationship of another used column, without its type. */
  relationships(used: readonly boolean[]): Set<number> {
    const paths = [...this.#byFoldedName].filter(
      ([name, column]) => used[column] === true && name.includes('.'),
    );
    const parents = paths.map(([path]) => withoutType(path).split('.')[0] as string);
    return new Set(parents.flatMap((parent) => this.#byFoldedName.get(parent) ?? []));
  }

  /** Returns the used columns (`used[column]`) in the header's order: sorted by code unit. */
  sorted(used: readonly boolean[]): { readonly column: number; readonly name: string }[] {
    return this.#names
      .map((name, column) => ({ column, name }))
      .filter(({ column }) => used[column] === true)
      .sort((one, other) => (one.name < other.name ? -1 : 1));
  }
}

/** A row before its header is known: `cells[i]`, unquoted, belongs to column `columns[i]`. */
export interface CsvRow {
  readonly columns: readonly number[];
  readonly cells: readonly string[];
  /** True if no cell needs quotes; otherwise that is not known. It holds for a part of the cells too. */
  readonly isPlain?: boolean;
}

/** Returns which columns have a cell in these rows: `used[column]`. */
export function usedColumns(rows: readonly CsvRow[]): boolean[] {
  const used: boolean[] = [];
  let last: CsvRow['columns'] | null = null;
  for (const { columns } of rows) {
    // Most rows share their columns.
    if (columns === last) continue;
    last = columns;
    for (const column of columns) used[column] = true;
  }
  return used;
}
