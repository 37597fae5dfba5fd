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
  #last: RowShape | null = null;
  readonly #fieldColumns: FieldColumns;
  readonly #nullValues: NullValues;

  constructor(fieldColumns: FieldColumns, nullValues: NullValues) {
    this.#fieldColumns = fieldColumns;
    this.#nullValues = nullValues;
  }

  /** The shape, if a record with these fields has it. */
  of(names: readonly string[]): RowShape | null {
    const last = this.#last;
    return last !== null && haveSameNames(last.names, names) ? last : null;
  }

  /** Learns the shape of a record and its row, unless a field is in no cell of its own. */
  learn(names: readonly string[], columns: readonly number[]): void {
    this.#last = null;
    const first = columns.length - names.length;
    const cells: CellSettings[] = [];
    for (const [index, name] of names.entries()) {
      const field = this.#fieldColumns.known(name);
      if (field === null || field.column !== columns[first + index]) return;
      cells.push({ nullValues: this.#nullValues, format: field.format });
    }
    this.#last = { names, columns, cells };
  }
}
