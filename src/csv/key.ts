import { RecordError } from '../errors.ts';
import { type Errant, errantOf } from '../kafka/errant.ts';
import { isNullCell } from './cell.ts';
import type { Columns } from './columns.ts';
import type { Draft } from './draft.ts';
import { unquoted } from './quote.ts';
import { shortId } from './salesforce-id.ts';

/** Which column tells rows apart, and whether Salesforce tells its capitals apart. */
export interface KeyColumn {
  /** Null: rows have no key, and each stands for itself. */
  readonly field: string | null;
  /** Null: nobody has asked Salesforce. */
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
export type KeyOf = (draft: Draft) => Key | null;

function textKey(cell: string, caseSensitive: KeyColumn['caseSensitive']): Key {
  const trimmed = cell.trim();
  return {
    group: caseSensitive === true ? trimmed : trimmed.toLowerCase(),
    exact: caseSensitive === false ? cell.toLowerCase() : cell,
  };
}

/** Makes the reader of rows' keys. */
export function keysIn(columns: Columns, { field, caseSensitive }: KeyColumn): KeyOf {
  if (field === null) return () => null;
  const isId = field.toLowerCase() === 'id';
  return ({ columns: filled, cells }) => {
    const column = columns.find(field);
    const cell = column === null ? undefined : cells[filled.indexOf(column)];
    if (cell === undefined || isNullCell(cell)) return null;
    const text = unquoted(cell);
    if (!isId) return textKey(text, caseSensitive);
    const id = shortId(text.trim());
    return { group: id, exact: id };
  };
}

/** Parts rows with a key from those without one, which Salesforce could not tell a row for. */
export function withKeys(
  drafts: readonly Draft[],
  keyOf: KeyOf,
  field: string,
): { readonly drafts: readonly Draft[]; readonly errants: readonly Errant[] } {
  const keyed = Map.groupBy(drafts, (draft) => keyOf(draft) !== null);
  const error = new RecordError('KEY_MISSING', `the record has no ${field}`);
  const without = (keyed.get(false) ?? []).flatMap(({ records }) => records);
  return {
    drafts: keyed.get(true) ?? [],
    errants: without.map((record) => errantOf(record, 'csv', error)),
  };
}
