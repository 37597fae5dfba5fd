import type { NullValues } from '../csv/cell.ts';
import type { FieldFormat } from '../csv/field-format.ts';
import type { FieldColumns } from './field-rules.ts';

/** How the cell of a field is written. */
interface CellSettings {
  readonly nullValues: NullValues;
  readonly format: FieldFormat;
}

/** Records with the same fields in the same order, one cell for each. */
export interface RowShape {
  readonly names: readonly string[];
  /** The columns of their rows, one array for all; that of the record id is the first. */
  readonly columns: readonly number[];
  /** Of each name. */
  readonly cells: readonly CellSettings[];
}

/** Whether two records have the same fields in the same order. */
export function haveSameNames(one: readonly string[], other: readonly string[]): boolean {
  if (one.length !== other.length) return false;
  for (let index = 0; index < one.length; index++) if (one[index] !== other[index]) return false;
  return true;
}

/**
 * The shape of the last record. Most topics have records of one shape, and then a field needs neither its
 * column looked up nor checked, and all rows share their columns: that takes a third off the time from
 * event to CSV (docs/PERFORMANCE.md).
 */
export class LastShape {
  #names: readonly string[] = [];
  #columns: readonly number[] = [];
  /** Undefined: not known yet; null: the last record has none. */
  #shape: RowShape | null | undefined = null;
  readonly #fieldColumns: FieldColumns;
  readonly #nullValues: NullValues;

  constructor(fieldColumns: FieldColumns, nullValues: NullValues) {
    this.#fieldColumns = fieldColumns;
    this.#nullValues = nullValues;
  }

  /** The shape, if a record with these fields has it. */
  of(names: readonly string[]): RowShape | null {
    if (!haveSameNames(this.#names, names)) return null;
    if (this.#shape === undefined) this.#shape = this.#learned();
    return this.#shape;
  }

  /** Keeps the fields of a record and its row. Most of a batch whose records all differ are not asked for. */
  learn(names: readonly string[], columns: readonly number[]): void {
    this.#names = names;
    this.#columns = columns;
    this.#shape = undefined;
  }

  /** Null: a field is in no cell of its own. */
  #learned(): RowShape | null {
    const [names, columns] = [this.#names, this.#columns];
    const first = columns.length - names.length;
    const cells: CellSettings[] = [];
    for (const [index, name] of names.entries()) {
      const field = this.#fieldColumns.known(name);
      if (field === null || field.column !== columns[first + index]) return null;
      cells.push({ nullValues: this.#nullValues, format: field.format });
    }
    return { names, columns, cells };
  }
}
