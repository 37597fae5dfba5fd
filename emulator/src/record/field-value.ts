import type { FieldDescription } from '../object/description.ts';
import type { FieldValue, StoredRecord } from './record-store.ts';

/** The value of a field as JSON replies have it; a checkbox is never null. */
export function fieldValue(record: StoredRecord, field: FieldDescription): FieldValue {
  return record[field.name] ?? (field.type === 'boolean' ? false : null);
}
