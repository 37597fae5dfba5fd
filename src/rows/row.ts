import { cellOf, type NullValues } from '../csv/cell.ts';
import type { CsvRow } from '../csv/columns.ts';
import { limits } from '../csv/limits.ts';
import {
  type DecodedRecord,
  type FieldValue,
  isFields,
  type Scalar,
} from '../decode/decoded-record.ts';
import { type KafkaRecord, recordId } from '../kafka/record.ts';
import { quotedName, RecordError } from '../record-error.ts';
import type { FieldColumns } from './field-rules.ts';
import type { IsUnavailable } from './unavailable-value.ts';

/** A row and its records, which share its result. */
export interface Row extends CsvRow {
  readonly records: readonly KafkaRecord[];
  /**
   * The rows that it was merged from, in the order of their records; empty when it was not merged.
   */
  readonly parts: readonly Row[];
  /** True if the row is to be deleted; its only cell identifies it. */
  readonly isDelete?: boolean;
}

/** The settings of `rowOf`. */
export interface RowSettings {
  readonly fieldColumns: FieldColumns;
  /** Values that are treated as absent. */
  readonly isUnavailable: IsUnavailable;
  readonly nullValues: NullValues;
  /** The field that receives the record id; null when there is none. */
  readonly recordIdField: string | null;
}

/** Collects the cells of one record; each column takes one value. */
class Cells {
  readonly #columns: number[] = [];
  readonly #cells: string[] = [];
  #nameCharacters = 0;
  #highest = -1;
  /** The columns as a set, created at the first column that is out of order; null before. */
  #filled: Set<number> | null = null;
  readonly #settings: RowSettings;

  constructor(settings: RowSettings) {
    this.#settings = settings;
  }

  put(name: string, value: Scalar | readonly FieldValue[]): void {
    const { fieldColumns, nullValues, isUnavailable } = this.#settings;
    if (isUnavailable(value)) return;
    const fieldColumn = fieldColumns.of(name);
    if (fieldColumn === null) return;
    const { column, format } = fieldColumn;
    if (this.#isFilled(column)) {
      throw new RecordError(
        'FIELD_REPEATED',
        `${quotedName(name)} occurs twice, in two spellings; leave one out with FIELD_MAP`,
      );
    }
    const cell = cellOf(value, name, { nullValues, format });
    this.#highest = Math.max(this.#highest, column);
    this.#columns.push(column);
    this.#filled?.add(column);
    this.#cells.push(cell);
    this.#count(name);
  }

  /** In records with the same fields the columns ascend, which needs no lookup. */
  #isFilled(column: number): boolean {
    if (column > this.#highest) return false;
    this.#filled ??= new Set(this.#columns);
    return this.#filled.has(column);
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

  filled(): Pick<Row, 'columns' | 'cells'> {
    return { columns: this.#columns, cells: this.#cells };
  }

  /** Throws the record error `VALUE_WITHOUT_FIELDS`. */
  check(): void {
    if (this.#cells.length > 0) return;
    const reason = 'every field of the record is an empty object, a placeholder or omitted';
    throw new RecordError('VALUE_WITHOUT_FIELDS', reason);
  }
}

/** Puts `{"Account":{"Ext__c":"X"}}` into the relationship column `Account.Ext__c`. */
function putRelationship(
  cells: Cells,
  [relationship, fields]: readonly [string, DecodedRecord['fields']],
  { fieldColumns, isUnavailable }: RowSettings,
): void {
  for (const name of Object.keys(fields)) {
    const value = fields[name] as FieldValue;
    if (isFields(value)) {
      if (isUnavailable(value) || fieldColumns.omitsField(`${relationship}.${name}`)) continue;
      // The name may be the key of a map, which is data.
      const reason = `${quotedName(relationship)} contains an object inside an object; only one level of nesting fits a row`;
      throw new RecordError('NESTING_TOO_DEEP', reason);
    }
    cells.put(`${relationship}.${name}`, value);
  }
}

/**
 * Creates the row of a record. Throws the record errors of `cellOf` and `FieldColumns.of`, and
 * `FIELD_REPEATED`, `NESTING_TOO_DEEP`, `VALUE_WITHOUT_FIELDS`, `TOO_MANY_FIELDS`.
 */
export function rowOf({ record, fields, isDelete }: DecodedRecord, settings: RowSettings): Row {
  const cells = new Cells(settings);
  if (settings.recordIdField !== null) cells.put(settings.recordIdField, recordId(record));
  for (const name of Object.keys(fields)) {
    const value = fields[name] as FieldValue;
    if (!isFields(value)) cells.put(name, value);
    else if (!settings.isUnavailable(value) && !settings.fieldColumns.omitsRelationship(name)) {
      putRelationship(cells, [name, value], settings);
    }
  }
  cells.check();
  return { records: [record], parts: [], ...cells.filled(), ...(isDelete && { isDelete }) };
}

/** Returns a row without the cells of some columns. */
export function withoutColumns(row: Row, omitted: ReadonlySet<number>): Row {
  const kept = row.columns.flatMap((column, index) => (omitted.has(column) ? [] : [index]));
  return {
    ...row,
    columns: kept.map((index) => row.columns[index] as number),
    cells: kept.map((index) => row.cells[index] as string),
  };
}
