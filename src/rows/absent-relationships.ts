import { isNullCell } from '../csv/cell.ts';
import { type Columns, usedColumns } from '../csv/columns.ts';
import { type Row, withoutColumns } from './row.ts';

const isFilled =
  (column: number) =>
  ({ columns, cells }: Row): boolean => {
    const cell = cells[columns.indexOf(column)];
    return cell !== undefined && !isNullCell(cell);
  };

/**
 * Removes the columns of relationships that are null: `{"Account":null}` beside
 * `{"Account":{"Ext__c":"X"}}`. A column `Account` would fail the whole job.
 */
export function withoutAbsentRelationships(rows: readonly Row[], columns: Columns): readonly Row[] {
  const relationships = [...columns.relationships(usedColumns(rows))];
  const absent = new Set(relationships.filter((column) => !rows.some(isFilled(column))));
  return absent.size === 0 ? rows : rows.map((row) => withoutColumns(row, absent));
}
