import { parseId } from '../org/salesforce-id.ts';
import { type RowError, rowError } from '../row/row-error.ts';
import { findBadReference, findDuplicate } from './checks.ts';
import type { StoredRecord } from './record-store.ts';
import { assignment, type SaveResult, type SaveScope, stamp } from './save.ts';

/** Changes the given fields of a record; null clears. */
export function updateRecord(id: string, values: StoredRecord, scope: SaveScope): SaveResult {
  const error =
    findBadId(id, scope) ??
    findCleared(values, scope) ??
    findBadReference(values, scope) ??
    findDuplicate(values, id, scope);
  if (error) return { error, id };
  const time = stamp(scope);
  scope.records.put(scope.object, {
    ...values,
    ...assignment(scope),
    Id: id,
    LastModifiedDate: time,
    LastModifiedById: scope.userId,
    SystemModstamp: time,
  });
  return { id, created: false };
}

/**
 * Moves a record to the recycle bin, or deletes it permanently.
 * assumption: failed-row-id.
 */
export function deleteRecord(id: string, hard: boolean, scope: SaveScope): SaveResult {
  const fromBin = hard && scope.choices['hard-delete-from-bin'] === 'purge';
  const isThere = scope.records.get(scope.object, id) !== undefined;
  const error = fromBin && isThere ? null : findBadId(id, scope);
  if (error) return { error, id };
  if (hard) scope.records.remove(scope.object, id);
  else scope.records.put(scope.object, { Id: id, IsDeleted: true, SystemModstamp: stamp(scope) });
  return { id, created: false };
}

/**
 * The id of a row, or its error.
 * Seen by clients: `MISSING_ARGUMENT:Id not specified in an update call:--`.
 */
export function readRowId(text: string, call: string, scope: SaveScope): string | RowError {
  if (text === '') return rowError('noId', { detail: call });
  const id = parseId(text);
  if (id?.startsWith(scope.object.keyPrefix)) return id;
  // An id of another object is malformed too (REST API guide, sample of a failed delete).
  const label = scope.object.fields.find(({ type }) => type === 'id')?.label ?? 'Id';
  return rowError('malformedId', { label, value: text }, ['Id']);
}

function findBadId(id: string, scope: SaveScope): RowError | null {
  const record = scope.records.get(scope.object, id);
  if (record) return record['IsDeleted'] === true ? rowError('deleted') : null;
  const wasDeleted = scope.choices['purged-record'] === 'deleted' && scope.records.wasRemoved(id);
  return rowError(wasDeleted ? 'deleted' : 'crossReference');
}

function findCleared(values: StoredRecord, scope: SaveScope): RowError | null {
  const cleared = scope.object.fields
    .filter((field) => !field.nillable && values[field.name] === null)
    .map(({ name }) => name);
  if (cleared.length === 0) return null;
  return rowError('missing', { field: cleared.join(', ') }, cleared);
}
