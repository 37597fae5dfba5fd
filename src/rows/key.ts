import { isNullCell } from '../csv/cell.ts';
import type { Columns } from '../csv/columns.ts';
import { type Comparison, comparable, looselyComparable } from '../csv/comparable.ts';
import { exactNumber } from '../csv/number.ts';
import { RecordError } from '../errors.ts';
import { type ErrantRecord, toErrantRecord } from '../kafka/errant-record.ts';
import type { Row } from './row.ts';

/** Which column tells rows apart, and how Salesforce compares its values. */
export interface KeyColumn {
  /** Null: rows have no key, and each is a row of its own. */
  readonly field: string | null;
  readonly comparison: Comparison;
  /** Whether Salesforce tells its capitals apart; null: nobody has asked Salesforce. */
  readonly caseSensitive: boolean | null;
}

/** The key of a row, as far as one can say what Salesforce takes for the same. */
export interface Key {
  /** Rows with the same text may be one to Salesforce: they never go into the same job as two. */
  readonly group: string;
  /** Rows with the same text are one to Salesforce: they can be merged. */
  readonly exact: string;
}

/** Gives the key of a row; null when it has none. */
export type KeyOf = (row: Row) => Key | null;

/** Reads a cell as a key. */
export type KeyText = (cell: string) => Key;

/**
 * Says which keys Salesforce takes for the same. Numbers are compared by value and ids in 15
 * characters; text in any capitals, unless the field is described as case-sensitive. Blanks at the
 * ends of a text and what nobody has described may count or not, so such keys wait for each other.
 */
export function keyText({ comparison, caseSensitive }: Omit<KeyColumn, 'field'>): KeyText {
  if (comparison === 'number') {
    // As doubles, two long numbers that differ may be one: they wait for each other.
    return (cell) => ({ group: comparable(cell, 'number'), exact: exactNumber(cell.trim()) });
  }
  if (comparison === 'id') {
    return (cell) => {
      const same = comparable(cell, 'id');
      return { group: same, exact: same };
    };
  }
  if (caseSensitive === null) {
    return (cell) => ({ group: looselyComparable(cell), exact: cell });
  }
  const folded = (cell: string) => (caseSensitive ? cell : cell.toLowerCase());
  return (cell) => ({ group: folded(cell.trim()), exact: folded(cell) });
}

/** Makes the reader of rows' keys. */
export function keysIn(columns: Columns, { field, ...compared }: KeyColumn): KeyOf {
  if (field === null) return () => null;
  const keyOfCell = keyText(compared);
  return ({ columns: filled, cells }) => {
    const column = columns.find(field);
    const cell = column === null ? undefined : cells[filled.indexOf(column)];
    return cell === undefined || isNullCell(cell) ? null : keyOfCell(cell);
  };
}

/** Parts rows with a key from those without one, which Salesforce could not tell a row for. */
export function withKeys(
  rows: readonly Row[],
  keyOf: KeyOf,
  field: string,
): { readonly rows: readonly Row[]; readonly errants: readonly ErrantRecord[] } {
  const keyed = Map.groupBy(rows, (row) => keyOf(row) !== null);
  const error = new RecordError('KEY_MISSING', `the record has no ${field}`);
  const without = (keyed.get(false) ?? []).flatMap(({ records }) => records);
  return {
    rows: keyed.get(true) ?? [],
    errants: without.map((record) => toErrantRecord(record, 'csv', error)),
  };
}
