import { isNullCell } from '../csv/cell.ts';
import type { Columns } from '../csv/columns.ts';
import { type Comparison, comparable, looselyComparable } from '../csv/comparable.ts';
import { canonicalNumber } from '../csv/number-text.ts';
import { type ErrantRecord, toErrantRecord } from '../kafka/errant-record.ts';
import { RecordError } from '../record-error.ts';
import type { Row } from './row.ts';

/** The key column of rows, and how Salesforce compares its values. */
export interface KeyColumn {
  /** Null when rows have no key. */
  readonly field: string | null;
  readonly comparison: Comparison;
  /** Whether the field is case-sensitive; null when it is not described. */
  readonly caseSensitive: boolean | null;
}

/** The key of a row, normalized as far as Salesforce's comparison is known. */
export interface Key {
  /**
   * Rows with the same group may have the same key in Salesforce, so a job takes only one of them.
   */
  readonly group: string;
  /** Rows with the same exact key have the same key in Salesforce and can be merged. */
  readonly exact: string;
}

/** Returns the key of a row; null when it has none. */
export type KeyOf = (row: Row) => Key | null;

/** Returns the key of a cell. */
export type KeyText = (cell: string) => Key;

/**
 * Returns how cells become keys. Numbers are compared by value, ids in 15 characters, and text
 * case-insensitively unless the field is case-sensitive. Where the comparison is not known, as for
 * surrounding blanks and fields that are not described, keys share a group but are not merged.
 */
export function keyText({ comparison, caseSensitive }: Omit<KeyColumn, 'field'>): KeyText {
  if (comparison === 'number') {
    // Distinct long numbers may be equal as doubles, so they share a group.
    return (cell) => ({ group: comparable(cell, 'number'), exact: canonicalNumber(cell.trim()) });
  }
  if (comparison === 'id') {
    return (cell) => {
      const shortId = comparable(cell, 'id');
      return { group: shortId, exact: shortId };
    };
  }
  if (caseSensitive === null) {
    return (cell) => ({ group: looselyComparable(cell), exact: cell });
  }
  const folded = (cell: string) => (caseSensitive ? cell : cell.toLowerCase());
  return (cell) => ({ group: folded(cell.trim()), exact: folded(cell) });
}

/** Returns the reader of a field's cell in rows; null: it is absent or a null. */
function cellReader(columns: Columns, field: string): (row: Row) => string | null {
  let column: number | null = null;
  return ({ columns: filled, cells }) => {
    column ??= columns.find(field);
    const cell = column === null ? undefined : cells[filled.indexOf(column)];
    return cell === undefined || isNullCell(cell) ? null : cell;
  };
}

/** Returns how rows become keys. */
export function keyReader(columns: Columns, { field, ...rules }: KeyColumn): KeyOf {
  if (field === null) return () => null;
  const keyCell = cellReader(columns, field);
  const keyOfCell = keyText(rules);
  return (row) => {
    const cell = keyCell(row);
    return cell === null ? null : keyOfCell(cell);
  };
}

/**
 * Separates rows with a key from those without one, whose records are errant with `KEY_MISSING`.
 */
export function withKeys(
  rows: readonly Row[],
  columns: Columns,
  field: string,
): { readonly rows: readonly Row[]; readonly errants: readonly ErrantRecord[] } {
  const keyCell = cellReader(columns, field);
  const keyed = rows.filter((row) => keyCell(row) !== null);
  if (keyed.length === rows.length) return { rows, errants: [] };
  const reason = `the record has no ${field}, which identifies its row`;
  const error = new RecordError('KEY_MISSING', reason);
  const records = rows.filter((row) => keyCell(row) === null).flatMap((row) => row.records);
  return {
    rows: keyed,
    errants: records.map((record) => toErrantRecord(record, 'csv', error)),
  };
}
