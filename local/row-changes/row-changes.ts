import type { FieldValue, StoredRecord } from 'salesforce-bulk-emulator';

/** A field of a row before and after; null: no value. */
export interface FieldChange {
  readonly field: string;
  readonly from: FieldValue;
  readonly to: FieldValue;
}

/**
 * What happened to one row between two readings of its object.
 *
 * `fields` of a row that is created or deleted are those that have a value there.
 */
export interface RowChange {
  readonly kind: 'created' | 'updated' | 'deleted';
  readonly row: StoredRecord;
  readonly fields: readonly FieldChange[];
}

/** Fields that Salesforce sets by itself whenever a row is written. */
const systemFields = new Set([
  ...['Id', 'CreatedDate', 'CreatedById', 'LastModifiedDate', 'LastModifiedById'],
  ...['SystemModstamp', 'IsDeleted'],
]);

/** Compares an object's rows before and after: updates and deletes first, then the new rows. */
export function rowChanges(
  before: readonly StoredRecord[],
  after: readonly StoredRecord[],
): RowChange[] {
  const now = new Map(after.map((row) => [row['Id'], row]));
  const known = new Set(before.map((row) => row['Id']));
  const changed = before.flatMap((row): RowChange[] => {
    const next = now.get(row['Id']);
    if (next === undefined) return [{ kind: 'deleted', row, fields: fieldChanges(row, {}) }];
    const fields = fieldChanges(row, next);
    return fields.length === 0 ? [] : [{ kind: 'updated', row: next, fields }];
  });
  const created = after
    .filter((row) => !known.has(row['Id']))
    .map((row): RowChange => ({ kind: 'created', row, fields: fieldChanges({}, row) }));
  return [...changed, ...created];
}

function fieldChanges(before: StoredRecord, after: StoredRecord): FieldChange[] {
  const fields = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...fields]
    .filter((field) => !systemFields.has(field))
    .map((field) => ({ field, from: before[field] ?? null, to: after[field] ?? null }))
    .filter(({ from, to }) => from !== to);
}
