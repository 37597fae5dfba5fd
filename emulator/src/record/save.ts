import type { Choices } from '../choices.ts';
import type { ObjectDescription } from '../object/description.ts';
import type { ObjectLibrary } from '../object/library.ts';
import type { IdSource } from '../org/salesforce-id.ts';
import type { RowError } from '../row/row-error.ts';
import type { RecordStore, StoredRecord } from './record-store.ts';

/** What a record is saved into. */
export interface SaveScope {
  readonly object: ObjectDescription;
  readonly objects: ObjectLibrary;
  readonly records: RecordStore;
  readonly ids: IdSource;
  readonly userId: string;
  /** Whom an assignment rule gives the record; null: there is no such rule. */
  readonly assignedTo: string | null;
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

/** The owner that an assignment rule gives what is created or updated, whomever the row names. */
export function assignment({ assignedTo }: SaveScope): StoredRecord {
  return assignedTo === null ? {} : { OwnerId: assignedTo };
}
