import { cellOf } from '../csv/cell.ts';
import type { CsvRow } from '../csv/columns.ts';
import { plainCell } from '../csv/plain-cell.ts';
import { isQuoted } from '../csv/quote.ts';
import { type DecodedRecord, type FieldValue, isFields } from '../decode/decoded-record.ts';
import { type KafkaRecord, recordId } from '../kafka/record.ts';
import { quotedName, RecordError } from '../record-error.ts';
import { Cells, type RowSettings } from './cells.ts';
import type { RowShape } from './row-shape.ts';

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

/** The relationship in `User:Owner`, a lookup to one of several objects. */
const typedRelationship = /^[A-Za-z]\w*:([A-Za-z]\w*)$/;

/** The relationship that is null: `{"User:Owner": null}` is the null of `Owner`, whatever the type. */
const typedNullOf = (name: string, value: FieldValue): string | null =>
  value === null && name.includes(':') ? (typedRelationship.exec(name)?.[1] ?? null) : null;

/** The cells of a record, each field on its own. */
function fieldByField({ record, fields }: DecodedRecord, settings: RowSettings) {
  const cells = new Cells(settings);
  if (settings.recordIdField !== null) cells.put(settings.recordIdField, recordId(record));
  const nulls = new Set<string>();
  for (const name of Object.keys(fields)) {
    const value = fields[name] as FieldValue;
    const absent = typedNullOf(name, value);
    if (absent !== null) nulls.add(absent);
    else if (!isFields(value)) cells.put(name, value);
    else if (!settings.isUnavailable(value) && !settings.fieldColumns.omitsRelationship(name)) {
      putRelationship(cells, [name, value], settings);
    }
  }
  for (const name of nulls) if (!Object.hasOwn(fields, name)) cells.put(name, null);
  cells.check();
  return cells.filled();
}

/** The cells of a record with a known shape; null if a value is not a cell of its own. */
function byShape(
  { record, fields }: DecodedRecord,
  { names, columns, cells: settings }: RowShape,
  { isUnavailable, recordIdField, longest }: RowSettings,
): CsvRow | null {
  const first = recordIdField === null ? 0 : 1;
  const cells: string[] = new Array(first + names.length);
  if (first === 1) cells[0] = recordId(record);
  let isPlain = first === 0 || !isQuoted(cells[0] as string);
  let characters = first === 0 ? 0 : (cells[0] as string).length;
  let index = 0;
  for (const name in fields) {
    const value = fields[name] as FieldValue;
    if (isUnavailable(value)) return null;
    const setting = settings[index] as (typeof settings)[number];
    let cell = plainCell(value, setting.format);
    if (cell === null) {
      if (isFields(value)) return null;
      cell = cellOf(value, name, setting);
      isPlain &&= !isQuoted(cell);
    }
    characters += cell.length;
    cells[first + index++] = cell;
  }
  longest.add(cells.length, characters);
  return { columns, cells, isPlain };
}

const noParts: readonly Row[] = [];

/**
 * Creates the row of a record. Throws the record errors of `cellOf` and `FieldColumns.of`, and
 * `FIELD_REPEATED`, `NESTING_TOO_DEEP`, `VALUE_WITHOUT_FIELDS`, `TOO_MANY_FIELDS`.
 */
export function rowOf(decoded: DecodedRecord, settings: RowSettings): Row {
  const { record, fields, isDelete } = decoded;
  const shape = settings.shape.of(fields);
  const shaped = shape === null ? null : byShape(decoded, shape, settings);
  const { columns, cells, isPlain = false } = shaped ?? fieldByField(decoded, settings);
  if (shape === null) settings.shape.learn(fields, columns);
  const row = { records: [record], parts: noParts, columns, cells, isPlain };
  return isDelete ? { ...row, isDelete } : row;
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
