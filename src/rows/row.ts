import { cellOf, type NullValues } from '../csv/cell.ts';
import type { CsvRow } from '../csv/columns.ts';
import { limits } from '../csv/limits.ts';
import type { IsUnavailable } from '../csv/unavailable.ts';
import {
  type DecodedRecord,
  type FieldValue,
  isFields,
  type Scalar,
} from '../decode/decoded-record.ts';
import { RecordError, shown } from '../errors.ts';
import { type KafkaRecord, recordId } from '../kafka/record.ts';
import type { Targets } from './field-rules.ts';

/** A row and the records that it carries: what Salesforce does with it is done with all of them. */
export interface Row extends CsvRow {
  readonly records: readonly KafkaRecord[];
  /** The rows that this one was merged from, in the order of their records; none: it was not. */
  readonly parts: readonly Row[];
}

/** Where the cells of rows go, and how they write null. */
export interface RowSettings {
  readonly targets: Targets;
  /** Values that are as if they were absent. */
  readonly isUnavailable: IsUnavailable;
  readonly nullValues: NullValues;
  /** The field that receives the record's id; null: none. */
  readonly recordIdField: string | null;
}

/** Fills one record's cells; a column takes one value only. */
class Cells {
  readonly #columns: number[] = [];
  readonly #cells: string[] = [];
  #nameCharacters = 0;
  #highest = -1;
  /** The columns once more, from the first that comes out of order; null before it. */
  #filled: Set<number> | null = null;
  readonly #settings: RowSettings;

  constructor(settings: RowSettings) {
    this.#settings = settings;
  }

  put(name: string, value: Scalar | readonly FieldValue[]): void {
    const { targets, nullValues, isUnavailable } = this.#settings;
    if (isUnavailable(value)) return;
    const target = targets.of(name);
    if (target === null) return;
    const { column, form } = target;
    if (this.#isFilled(column)) {
      throw new RecordError('FIELD_REPEATED', `${shown(name)} comes twice, in two spellings`);
    }
    const cell = cellOf(value, name, { nullValues, form });
    this.#highest = Math.max(this.#highest, column);
    this.#columns.push(column);
    this.#filled?.add(column);
    this.#cells.push(cell);
    this.#count(name);
  }

  /** Columns of records that are alike rise from field to field; then nothing is looked up. */
  #isFilled(column: number): boolean {
    if (column > this.#highest) return false;
    this.#filled ??= new Set(this.#columns);
    return this.#filled.has(column);
  }

  /** Refuses the field that is too much, so that a record of a million has no more cells than one. */
  #count(name: string): void {
    this.#nameCharacters += name.length + 1;
    const { recordFields, headerCharacters } = limits;
    if (this.#cells.length <= recordFields && this.#nameCharacters <= headerCharacters) return;
    const reason = `the record has more than ${recordFields} fields or ${headerCharacters} characters in their names, which is what Salesforce takes`;
    throw new RecordError('TOO_MANY_FIELDS', reason);
  }

  filled(): Pick<Row, 'columns' | 'cells'> {
    return { columns: this.#columns, cells: this.#cells };
  }

  /** Throws the record error `VALUE_WITHOUT_FIELDS`. */
  check(): void {
    if (this.#cells.length > 0) return;
    const reason = 'every field is an empty object, a placeholder, or left out';
    throw new RecordError('VALUE_WITHOUT_FIELDS', reason);
  }
}

/** `{"Account":{"Ext__c":"X"}}` gives the relationship column `Account.Ext__c`. */
function putRelationship(
  cells: Cells,
  [relationship, fields]: readonly [string, DecodedRecord['fields']],
  { targets, isUnavailable }: RowSettings,
): void {
  for (const name of Object.keys(fields)) {
    const value = fields[name] as FieldValue;
    if (isFields(value)) {
      if (isUnavailable(value) || targets.omits(`${relationship}.${name}`)) continue;
      // The name may be the key of a map, which is data.
      const reason = `${shown(relationship)} has an object inside an object`;
      throw new RecordError('NESTING_TOO_DEEP', reason);
    }
    cells.put(`${relationship}.${name}`, value);
  }
}

/**
 * Writes a row's cells. Throws the record errors of `cellOf` and `Targets.of`, and `FIELD_REPEATED`,
 * `NESTING_TOO_DEEP`, `VALUE_WITHOUT_FIELDS`, `TOO_MANY_FIELDS`.
 */
export function rowOf({ record, fields }: DecodedRecord, settings: RowSettings): Row {
  const cells = new Cells(settings);
  if (settings.recordIdField !== null) cells.put(settings.recordIdField, recordId(record));
  for (const name of Object.keys(fields)) {
    const value = fields[name] as FieldValue;
    if (!isFields(value)) cells.put(name, value);
    else if (!settings.isUnavailable(value) && !settings.targets.leavesOut(name)) {
      putRelationship(cells, [name, value], settings);
    }
  }
  cells.check();
  return { records: [record], parts: [], ...cells.filled() };
}

/** The row without the cells of some columns. */
export function withoutColumns(row: Row, left: ReadonlySet<number>): Row {
  const kept = row.columns.flatMap((column, index) => (left.has(column) ? [] : [index]));
  return {
    ...row,
    columns: kept.map((index) => row.columns[index] as number),
    cells: kept.map((index) => row.cells[index] as string),
  };
}
