import type { FieldDescription, ObjectDescription } from '../object/description.ts';
import type { FieldValue, StoredRecord } from '../record/record-store.ts';
import { comparable, compare } from './comparable.ts';
import { findPath, type QueryScope, valueAt } from './field-path.ts';
import type { SortKey } from './query.ts';
import { SoqlError } from './soql-error.ts';

/** The order of two records. */
type Order = (first: StoredRecord, second: StoredRecord) => number;

/**
 * Makes the order of an ORDER BY clause.
 * @throws SoqlError for an unknown field, or one that cannot be sorted by.
 */
export function makeOrder(
  keys: readonly SortKey[],
  object: ObjectDescription,
  scope: QueryScope,
): Order {
  const orders = keys.map((key) => makeKeyOrder(key, object, scope));
  return (first, second) => {
    for (const order of orders) {
      const result = order(first, second);
      if (result !== 0) return result;
    }
    return 0;
  };
}

function makeKeyOrder(key: SortKey, object: ObjectDescription, scope: QueryScope): Order {
  const path = findPath(key.field, object, scope);
  const { field } = path;
  if (!field.sortable) {
    const message = `field '${field.name}' can not be sorted in a query call`;
    throw new SoqlError('MALFORMED_QUERY', message, key.field.at);
  }
  const read = (record: StoredRecord) => sortValue(valueAt(record, path, scope), field);
  return (one, other) => {
    const [first, second] = [read(one), read(other)];
    if (first === null || second === null) {
      if (first === second) return 0;
      return (first === null) === key.nullsLast ? 1 : -1;
    }
    return key.descending ? compare(second, first) : compare(first, second);
  };
}

/** Picklist values are in the order of the picklist (SOQL guide, "ORDER BY"). */
function sortValue(value: FieldValue, field: FieldDescription): FieldValue {
  if (field.type !== 'picklist' || value === null) return comparable(value, field);
  const rank = field.picklistValues.findIndex((option) => option.value === value);
  return rank === -1 ? field.picklistValues.length : rank;
}
