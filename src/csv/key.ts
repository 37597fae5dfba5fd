import { RecordError } from '../errors.ts';
import { type Errant, errantOf } from '../kafka/errant.ts';
import { isNullCell } from './cell.ts';
import type { Columns } from './columns.ts';
import type { Draft } from './draft.ts';
import { unquoted } from './quote.ts';

/** Which column tells rows apart, and whether Salesforce tells its capitals apart. */
export interface KeyColumn {
  /** Null: rows have no key, and each stands for itself. */
  readonly field: string | null;
  readonly caseSensitive: boolean;
}

/** Gives the key of a row; null when it has none. */
export type KeyOf = (draft: Draft) => string | null;

/** An id of 18 characters is the same as its first 15, whose capitals count. */
const longId = /^[a-zA-Z0-9]{18}$/;

/** Makes the reader of rows' keys: the same text for keys that Salesforce takes for the same. */
export function keysIn(columns: Columns, { field, caseSensitive }: KeyColumn): KeyOf {
  if (field === null) return () => null;
  const isId = field.toLowerCase() === 'id';
  return ({ columns: filled, cells }) => {
    const column = columns.find(field);
    const cell = column === null ? undefined : cells[filled.indexOf(column)];
    if (cell === undefined || isNullCell(cell)) return null;
    const key = unquoted(cell).trim();
    if (isId) return longId.test(key) ? key.slice(0, 15) : key;
    return caseSensitive ? key : key.toLowerCase();
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
