import { checkFieldName } from './field-name.ts';

/**
 * The columns of a flush as they turn up, numbered from 0. Salesforce does not tell `email` from
 * `Email`, so two spellings of one name are one column.
 */
export class Columns {
  readonly #bySpelling = new Map<string, number>();
  readonly #byFoldedName = new Map<string, number>();
  readonly #names: string[] = [];

  /** Gives the column of a name, new or known. Throws the record error `FIELD_NAME_INVALID`. */
  of(name: string): number {
    return this.#bySpelling.get(name) ?? this.#add(name);
  }

  /** The column of a name in any spelling; null when no row has it. */
  find(name: string): number | null {
    return this.#byFoldedName.get(name.toLowerCase()) ?? null;
  }

  /** What a column is called. */
  name(column: number): string {
    return this.#names[column] ?? '';
  }

  /** Gives a column the spelling that Salesforce has for it. */
  rename(column: number, name: string): void {
    this.#names[column] = name;
  }

  #add(name: string): number {
    checkFieldName(name);
    const folded = name.toLowerCase();
    const column = this.#byFoldedName.get(folded) ?? this.#names.length;
    const known = this.#names[column];
    this.#names[column] = known === undefined || name < known ? name : known;
    this.#byFoldedName.set(folded, column);
    this.#bySpelling.set(name, column);
    return column;
  }

  /** The columns that bear the name of a relationship which other used columns go through. */
  relationships(used: readonly boolean[]): Set<number> {
    const paths = [...this.#byFoldedName].filter(
      ([name, column]) => used[column] === true && name.includes('.'),
    );
    const parents = paths.map(([path]) => path.slice(0, path.indexOf('.')));
    return new Set(parents.flatMap((parent) => this.#byFoldedName.get(parent) ?? []));
  }

  /** The columns that are used (`used[column]`), in the header's order: by name, by code unit. */
  sorted(used: readonly boolean[]): { readonly column: number; readonly name: string }[] {
    return this.#names
      .map((name, column) => ({ column, name }))
      .filter(({ column }) => used[column] === true)
      .sort((one, other) => (one.name < other.name ? -1 : 1));
  }
}

/** A row before its header is known: `cells[i]`, not quoted yet, goes into column `columns[i]`. */
export interface CsvRow {
  readonly columns: readonly number[];
  readonly cells: readonly string[];
}

/** The columns that a cell of these rows fills: `used[column]`. */
export function usedColumns(rows: readonly CsvRow[]): boolean[] {
  const used: boolean[] = [];
  for (const row of rows) for (const column of row.columns) used[column] = true;
  return used;
}
