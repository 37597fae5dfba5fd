import { type FieldDescription, findField } from '../object/description.ts';
import { findBadReference, findDuplicate, findMissing } from './checks.ts';
import type { FieldValue, StoredRecord } from './record-store.ts';
import { assignment, type SaveResult, type SaveScope, stamp } from './save.ts';

/** Adds a record. assumption: insert-duplicates-in-chunk. assumption: null-on-insert. */
export function insertRecord(values: StoredRecord, scope: SaveScope): SaveResult {
  const error =
    findMissing(values, scope.object) ??
    findBadReference(values, scope) ??
    findDuplicate(values, null, scope);
  if (error) return { error };
  const id = scope.ids(scope.object.keyPrefix);
  const time = stamp(scope);
  scope.records.put(scope.object, {
    Id: id,
    ...defaults(scope),
    ...withoutNulls(values),
    ...assignment(scope),
    CreatedDate: time,
    CreatedById: scope.userId,
    LastModifiedDate: time,
    LastModifiedById: scope.userId,
    SystemModstamp: time,
    IsDeleted: false,
  });
  return { id, created: true };
}

function defaults({ object, userId }: SaveScope): StoredRecord {
  // The user that creates a record owns it, unless the row names another.
  const values: StoredRecord = findField(object, 'OwnerId') ? { OwnerId: userId } : {};
  for (const field of object.fields) {
    const value = field.defaultValue ?? defaultOption(field);
    if (field.createable && value !== null) values[field.name] = value;
  }
  return values;
}

/** An org may mark the default of a picklist only in its values. */
function defaultOption(field: FieldDescription): FieldValue {
  const chosen = field.picklistValues.find(({ active, defaultValue }) => active && defaultValue);
  return chosen?.value ?? null;
}

function withoutNulls(values: StoredRecord): StoredRecord {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
}
