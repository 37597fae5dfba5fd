import type { NullValues } from '../csv/cell.ts';
import type { FieldFormat } from '../csv/field-format.ts';
import type { Fields } from '../decode/decoded-record.ts';
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

/** Whether a record has these fields in this order. */
function hasNames(fields: Fields, names: readonly string[]): boolean {
  let index = 0;
  for (const name in fields) if (names[index++] !== name) return false;
  return index === names.length;
}

/**
 * The shape of the last record. Most topics have records of one shape, and then a field needs neither its
 * column looked up nor checked, and all rows share their columns.
 */
export class LastShape {
  #names: readonly string[] = [];
  #columns: readonly number[] = [];
  /** Undefined: not known yet; null: the last record has none. */
  #shape: RowShape | null | undefined = null;
  readonly #fieldColumns: FieldColumns;
  readonly #nullValues: NullValues;
  /** Columns before those of the fields: that of the record id, or none. */
  readonly #before: number;

  constructor(fieldColumns: FieldColumns, nullValues: NullValues, before: number) {
    this.#fieldColumns = fieldColumns;
    this.#nullValues = nullValues;
    this.#before = before;
  }

  /** The shape, if a record with these fields has it. */
  of(fields: Fields): RowShape | null {
    if (!hasNames(fields, this.#names)) return null;
    if (this.#shape === undefined) this.#shape = this.#learned();
    return this.#shape;
  }

  /** Keeps the fields of a record and its row. Most of a batch whose records all differ are not asked for. */
  learn(fields: Fields, columns: readonly number[]): void {
    this.#names = Object.keys(fields);
    this.#columns = columns;
    this.#shape = undefined;
  }

  /** Null: a field is in no cell of its own. */
  #learned(): RowShape | null {
    const [names, columns] = [this.#names, this.#columns];
    const first = this.#before;
    if (columns.length !== first + names.length) return null;
    const cells: CellSettings[] = [];
    for (const [index, name] of names.entries()) {
      const field = this.#fieldColumns.found(name);
      if (field === null || field.column !== columns[first + index]) return null;
      cells.push({ nullValues: this.#nullValues, format: field.format });
    }
    return { names, columns, cells };
  }
}
