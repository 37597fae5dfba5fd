import type { Row } from '../decode/row.ts';
import { type Errant, errantOf } from '../kafka/errant.ts';
import { Columns } from './columns.ts';
import { type Draft, type DraftSettings, draftOf } from './draft.ts';

/** What the rows of a flush became: each is in exactly one of the two lists. */
export interface DraftBatch {
  readonly drafts: readonly Draft[];
  readonly errants: readonly Errant[];
  /** What the drafts' columns are called. */
  readonly columns: Columns;
}

/** Writes the cells of every row by itself. A row that cannot be written is errant. */
export function draftsOf(
  rows: readonly Row[],
  settings: Omit<DraftSettings, 'columns'>,
): DraftBatch {
  const columns = new Columns();
  const drafts: Draft[] = [];
  const errants: Errant[] = [];
  for (const row of rows) {
    try {
      drafts.push(draftOf(row, { ...settings, columns }));
    } catch (error) {
      errants.push(errantOf(row.record, 'csv', error));
    }
  }
  return { drafts, errants, columns };
}
