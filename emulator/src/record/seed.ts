import { findField, type ObjectDescription } from '../object/description.ts';
import type { OrgState } from '../org/org-state.ts';
import { formatRowError } from '../row/row-error.ts';
import { insertRecord } from './insert.ts';
import type { FieldValue, StoredRecord } from './record-store.ts';

/**
 * Adds a record without a job, by the rules of an insert; values are not converted.
 * @returns its id
 * @throws Error with the text of `sf__Error`, or naming an unknown field.
 */
export function seedRecord(
  object: ObjectDescription,
  values: Readonly<Record<string, FieldValue>>,
  org: OrgState,
): string {
  const named: StoredRecord = {};
  for (const [name, value] of Object.entries(values)) {
    const field = findField(object, name);
    if (!field?.createable) throw new Error(`${object.name} has no writable field ${name}`);
    named[field.name] = value;
  }
  const result = insertRecord(named, { object, ...org, assignedTo: null });
  if ('error' in result) throw new Error(formatRowError(result.error, 'english'));
  return result.id;
}
