import { RecordError } from '../record-error.ts';
import type { Fields, FieldValue } from './decoded-record.ts';
import { parseJson } from './json.ts';

/** The value of a text in extended JSON; null: it is none. */
function extendedJson(text: string): FieldValue {
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof RecordError) return null;
    throw error;
  }
}

/**
 * The documents that a key of Debezium's connector for MongoDB may mean, each with its `_id` alone.
 * Such a key has one field, `id`, with `_id` as a text of extended JSON: `{"$oid": "…"}`, `"A-1"`,
 * `1004`. Such a number may be a long in the document, `{"$numberLong": "1004"}`. Empty for other keys.
 * Source: Debezium documentation, MongoDB connector, "Change event keys".
 */
export function documentsOfKey(key: Fields): readonly Fields[] {
  const { id, ...others } = key;
  if (typeof id !== 'string' || Object.keys(others).length > 0) return [];
  const value = extendedJson(id);
  if (value === null) return [];
  const long = /^-?\d+$/.test(id) ? [{ _id: { $numberLong: id } }] : [];
  return [{ _id: value }, ...long];
}
