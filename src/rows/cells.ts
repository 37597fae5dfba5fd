import { cellOf, type NullValues } from '../csv/cell.ts';
import type { CsvRow } from '../csv/columns.ts';
import { limits } from '../csv/limits.ts';
import { plainCell } from '../csv/plain-cell.ts';
import { isQuoted } from '../csv/quote.ts';
import type { FieldValue, Scalar } from '../decode/decoded-record.ts';
import type { IsUnavailable } from '../decode/unavailable-value.ts';
import { quotedName, RecordError } from '../record-error.ts';
import type { FieldColumns } from './field-rules.ts';
import type { LongestRow } from './longest-row.ts';
import type { LastShape } from './row-shape.ts';

/** The settings of `rowOf`. */
export interface RowSettings {
  readonly fieldColumns: FieldColumns;
  readonly shape: LastShape;
  readonly filled: FilledColumns;
  readonly longest: LongestRow;
  /** Values that are treated as absent. */
  readonly isUnavailable: IsUnavailable;
  readonly nullValues: NullValues;
  /** The field that receives the record id; null when there is none. */
  readonly recordIdField: string | null;
}

/** The columns that one record has filled; one set for all records, which costs less than one for each. */
export class FilledColumns {
  /** The record that has filled a column last: `records[column]`. */
  readonly #records: number[] = [];
  #record = 0;

  clear(): void {
    this.#record += 1;
  }

  /** False if the column is filled already. */
  add(column: number): boolean {
    if (this.#records[column] === this.#record) return false;
    this.#records[column] = this.#record;
    return true;
  }
}

/** Collects the cells of one record; each column takes one value. */
export class Cells {
  readonly #columns: number[] = [];
  readonly #cells: string[] = [];
  #isPlain = true;
  #characters = 0;
  #nameCharacters = 0;
  readonly #settings: RowSettings;

  constructor(settings: RowSettings) {
    this.#settings = settings;
    settings.filled.clear();
  }

  put(name: string, value: Scalar | readonly FieldValue[]): void {
    const { fieldColumns, filled, nullValues, isUnavailable } = this.#settings;
    if (isUnavailable(value)) return;
    const fieldColumn = fieldColumns.of(name);
    if (fieldColumn === null) return;
    const { column, format } = fieldColumn;
    if (!filled.add(column)) {
      throw new RecordError(
        'FIELD_REPEATED',
        `${quotedName(name)} occurs twice, in two spellings; leave one out with FIELD_MAP`,
      );
    }
    const plain = plainCell(value, format);
    const cell = plain ?? cellOf(value, name, { nullValues, format });
    this.#isPlain &&= plain !== null || !isQuoted(cell);
    this.#columns.push(column);
    this.#cells.push(cell);
    this.#characters += cell.length;
    this.#count(name);
  }

  /**
   * Throws at the first field above the limit, so that a record of a million fields adds no more
   * cells.
   */
  #count(name: string): void {
    this.#nameCharacters += name.length + 1;
    const { recordFields, headerCharacters } = limits;
    if (this.#cells.length <= recordFields && this.#nameCharacters <= headerCharacters) return;
    const reason = `the record has more than ${recordFields} fields or ${headerCharacters} characters in their names, Salesforce's limits`;
    throw new RecordError('TOO_MANY_FIELDS', reason);
  }

  filled(): CsvRow {
    this.#settings.longest.add(this.#cells.length, this.#characters);
    return { columns: this.#columns, cells: this.#cells, isPlain: this.#isPlain };
  }

  /** Throws the record error `VALUE_WITHOUT_FIELDS`. */
  check(): void {
    if (this.#cells.length > 0) return;
    const reason = 'every field of the record is an empty object, a placeholder or omitted';
    throw new RecordError('VALUE_WITHOUT_FIELDS', reason);
  }
}
