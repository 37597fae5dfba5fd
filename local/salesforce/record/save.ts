import type { Choices } from '../choices.ts';
import type { ObjectDescription } from '../object/description.ts';
import type { ObjectLibrary } from '../object/library.ts';
import type { IdSource } from '../org/salesforce-id.ts';
import type { RowError } from '../row/row-error.ts';
import type { RecordStore } from './record-store.ts';

/** What a record is saved into. */
export interface SaveScope {
  readonly object: ObjectDescription;
  readonly objects: ObjectLibrary;
  readonly records: RecordStore;
  readonly ids: IdSource;
  readonly userId: string;
  /** Epoch ms. */
  readonly now: () => number;
  readonly choices: Choices;
}

/** The saved record, or why it was refused: `id` is that of the record at fault, if known. */
export type SaveResult =
  | { readonly id: string; readonly created: boolean }
  | { readonly error: RowError; readonly id?: string };

/** Now, as records hold points in time. */
export function stamp(scope: SaveScope): string {
  return new Date(scope.now()).toISOString().replace('Z', '+0000');
}
