import { isNullCell } from './cell.ts';
import type { Columns } from './columns.ts';
import { type Draft, usedColumns } from './draft.ts';

const isFilled =
  (column: number) =>
  ({ columns, cells }: Draft): boolean => {
    const cell = cells[columns.indexOf(column)];
    return cell !== undefined && !isNullCell(cell);
  };

/** The draft without the cells of some columns. */
function without({ records, columns, cells }: Draft, left: ReadonlySet<number>): Draft {
  const kept = columns.flatMap((column, index) => (left.has(column) ? [] : [index]));
  return {
    records,
    columns: kept.map((index) => columns[index] as number),
    cells: kept.map((index) => cells[index] as string),
  };
}

/**
 * Leaves out what is no field: `{"Account":null}` beside `{"Account":{"Ext__c":"X"}}` is a
 * relationship that is not there. A column `Account` would fail the whole job.
 */
export function withoutAbsentRelationships(drafts: readonly Draft[], columns: Columns): Draft[] {
  const relationships = [...columns.relationships(usedColumns(drafts))];
  const absent = new Set(relationships.filter((column) => !drafts.some(isFilled(column))));
  return drafts.map((draft) => (absent.size === 0 ? draft : without(draft, absent)));
}
