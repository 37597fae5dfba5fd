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

/** Empty, or a decimal zero: as text (`decimal.handling.mode=string`), or as base64 of zero bytes. */
const zeroTexts = /^(?:-?0+(?:\.0*)?(?:[eE][+-]?\d+)?|(?:AAAA)*(?:AA==|AAA=)|)$/;

/** Tells whether a value is null or the zero of its type, as Debezium fills in what it does not know. */
function isUnset(value: FieldValue): boolean {
  if (value instanceof CalendarDate) return value.days === 0;
  if (value instanceof Timestamp || value instanceof TimeOfDay) return value.ms === 0;
  if (value instanceof Decimal) return Number(value.source) === 0;
  if (value instanceof InvalidValue) return true;
  if (Array.isArray(value)) return value.length === 0;
  if (isFields(value)) return Object.values(value).every(isUnset);
  if (typeof value === 'string') return zeroTexts.test(value);
  return value === null || value === 0 || value === false;
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
 * Makes null of the fields of a deleted row that the event does not surely know: those that are the
 * zero of their type, and not in the key. With PostgreSQL's default replica identity
 * Debezium fills these into all columns but those of the key, and a zero would identify a wrong row.
 * Source: Debezium documentation, PostgreSQL connector, "Replica identity".
 */
export function withKnownFields(tombstone: Tombstone): Tombstone {
  const { fields, isWhole } = tombstone;
  if (fields === null || isWhole) return tombstone;
  const key = keyIfReadable(tombstone);
  // A key that is a single value, or none, does not tell its columns.
  const inKey = (name: string) => isFields(key) && Object.hasOwn(key, name);
  const isKnown = (name: string, value: FieldValue) => inKey(name) || !isUnset(value);
  const known = Object.entries(fields).map(([name, value]) => [
    name,
    isKnown(name, value) ? value : null,
  ]);
  return { ...tombstone, fields: Object.fromEntries(known) };
}
