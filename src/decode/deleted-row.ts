import { RecordError } from '../record-error.ts';
import {
  CalendarDate,
  Decimal,
  type Fields,
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

/** The fields that a change event has under the name of a key column, and its metadata. */
function keyFields(fields: Fields, key: Fields): Fields {
  const isKept = (name: string) => Object.hasOwn(key, name) || name.startsWith('__');
  return Object.fromEntries(Object.entries(fields).filter(([name]) => isKept(name)));
}

/**
 * Reduces the fields of a deleted row to those that the event knows. With PostgreSQL's default
 * replica identity these are the columns of the key; Debezium writes null, or the zero of the type,
 * into all others. Source: Debezium documentation, PostgreSQL connector, "Replica identity".
 */
export function withKnownFields(tombstone: Tombstone): Tombstone {
  const { fields } = tombstone;
  if (fields === null) return tombstone;
  const key = keyIfReadable(tombstone);
  if (!isFields(key)) return tombstone;
  const known = keyFields(fields, key);
  const others = Object.entries(fields).filter(([name]) => !Object.hasOwn(known, name));
  return others.every(([, value]) => isUnset(value)) ? { ...tombstone, fields: known } : tombstone;
}
