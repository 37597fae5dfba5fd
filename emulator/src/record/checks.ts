import {
  type FieldDescription,
  isRequired,
  type ObjectDescription,
} from '../object/description.ts';
import { type RowError, rowError } from '../row/row-error.ts';
import type { StoredRecord } from './record-store.ts';
import type { SaveScope } from './save.ts';

/** Recorded: `REQUIRED_FIELD_MISSING:Required fields are missing: [Name]:Name --`. */
export function findMissing(values: StoredRecord, object: ObjectDescription): RowError | null {
  const missing = object.fields
    .filter((field) => isRequired(field) && (values[field.name] ?? null) === null)
    .map((field) => field.name);
  if (missing.length === 0) return null;
  return rowError('missing', { field: missing.join(', ') }, missing);
}

/**
 * A lookup to a record that does not exist (`INVALID_CROSS_REFERENCE_KEY`, reports of clients), or
 * to one of another object (`MALFORMED_ID`, a sample of the REST API guide).
 */
export function findBadReference(values: StoredRecord, scope: SaveScope): RowError | null {
  for (const field of scope.object.fields) {
    const value = values[field.name];
    if (field.type !== 'reference' || typeof value !== 'string') continue;
    if (isForeign(field, value, scope)) {
      return rowError('malformedId', { label: field.label, value }, [field.name]);
    }
    if (!isReferable(field, value, scope)) {
      return rowError('crossReference');
    }
  }
  return null;
}

/** Whether the id belongs to an object that the lookup does not refer to. */
function isForeign(field: FieldDescription, id: string, { objects }: SaveScope): boolean {
  const owner = objects.all().find(({ keyPrefix }) => id.startsWith(keyPrefix));
  const targets = field.referenceTo.map((name) => objects.find(name));
  return owner ? !targets.includes(owner) : !targets.includes(undefined);
}

function isReferable(field: FieldDescription, id: string, scope: SaveScope): boolean {
  const targets = field.referenceTo.map((name) => scope.objects.find(name));
  // choice: unknown-parents. Without a description only the form of the id is known.
  if (targets.includes(undefined) && scope.choices['unknown-parents'] === 'accepted') return true;
  return targets.some((target) => {
    const record = target && scope.records.get(target, id);
    return record !== undefined && record['IsDeleted'] !== true;
  });
}

/**
 * A unique field whose value another record has. Seen by clients: `DUPLICATE_VALUE:duplicate value
 * found: Ext__c duplicates value on record with id: 006...:--`.
 */
export function findDuplicate(
  values: StoredRecord,
  ownId: string | null,
  scope: SaveScope,
): RowError | null {
  for (const field of scope.object.fields) {
    const value = values[field.name];
    if (!field.unique || value === undefined || value === null) continue;
    const other = scope.records.find(scope.object, field, value).find((id) => id !== ownId);
    if (other === undefined) continue;
    return rowError('duplicate', { field: field.name, id: other });
  }
  return null;
}
