import { isNullCell } from '../cells/cell.ts';
import type { Columns } from './columns.ts';
import { type Draft, usedColumns, withoutColumns } from './row.ts';

const isFilled =
  (column: number) =>
  ({ columns, cells }: Draft): boolean => {
    const cell = cells[columns.indexOf(column)];
    return cell !== undefined && !isNullCell(cell);
  };

/**
 * Leaves out what is no field: `{"Account":null}` beside `{"Account":{"Ext__c":"X"}}` is a
 * relationship that is not there. A column `Account` would fail the whole job.
 */
export function withoutAbsentRelationships(drafts: readonly Draft[], columns: Columns): Draft[] {
  const relationships = [...columns.relationships(usedColumns(drafts))];
  const absent = new Set(relationships.filter((column) => !drafts.some(isFilled(column))));
  return drafts.map((draft) => (absent.size === 0 ? draft : withoutColumns(draft, absent)));
}
