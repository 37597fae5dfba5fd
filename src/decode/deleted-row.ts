import { RecordError } from '../record-error.ts';
import {
  CalendarDate,
  Decimal,
  type FieldValue,
  InvalidValue,
  isFields,
  TimeOfDay,
  Timestamp,
  type Tombstone,
} from './decoded-record.ts';

/** Tells whether a value is null or the zero of its type, as Debezium fills in what it does not know. */
function isUnset(value: FieldValue): boolean {
  if (value instanceof CalendarDate) return value.days === 0;
  if (value instanceof Timestamp || value instanceof TimeOfDay) return value.ms === 0;
  if (value instanceof Decimal) return Number(value.source) === 0;
  if (value instanceof InvalidValue) return true;
  if (Array.isArray(value)) return value.length === 0;
  if (isFields(value)) return Object.values(value).every(isUnset);
  return value === null || value === '' || value === 0 || value === false;
}

/** The key; null when it cannot be read, which is an error only where the key is needed. */
function keyIfReadable({ key }: Tombstone): FieldValue {
  try {
    return key();
  } catch (error) {
    if (error instanceof RecordError) return null;
    throw error;
  }
}

/**
 * Reduces the fields of a deleted row to those that the event surely knows: the columns of the key, and
 * all that are neither null nor the zero of their type. With PostgreSQL's default replica identity
 * Debezium fills these into all columns but those of the key, and a zero would identify a wrong row.
 * Source: Debezium documentation, PostgreSQL connector, "Replica identity".
 */
export function withKnownFields(tombstone: Tombstone): Tombstone {
  const { fields } = tombstone;
  if (fields === null) return tombstone;
  const key = keyIfReadable(tombstone);
  if (!isFields(key)) return tombstone;
  const isKnown = (name: string, value: FieldValue) => Object.hasOwn(key, name) || !isUnset(value);
  const known = Object.entries(fields).filter(([name, value]) => isKnown(name, value));
  return { ...tombstone, fields: Object.fromEntries(known) };
}
