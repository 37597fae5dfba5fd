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
  /** The owner by an assignment rule; null: no rule. */
  readonly assignedTo: string | null;
  /** Epoch ms. */
  readonly now: () => number;
  readonly choices: Choices;
}

/** The saved record, or its error; `id` is that of the record in the row, if known. */
export type SaveResult =
  | { readonly id: string; readonly created: boolean }
  | { readonly error: RowError; readonly id?: string };

/** The current time, as stored in records. */
export function stamp(scope: SaveScope): string {
  return new Date(scope.now()).toISOString().replace('Z', '+0000');
}

/** The owner by the assignment rule of the job, which overrides the row. */
export function assignment({ assignedTo }: SaveScope): StoredRecord {
  return assignedTo === null ? {} : { OwnerId: assignedTo };
}
