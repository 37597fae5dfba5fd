import { RecordError } from '../record-error.ts';
import type { Fields } from './decoded-record.ts';
import { parseExtendedJson } from './extended-json.ts';

/**
 * The document that a key of Debezium's connector for MongoDB means, with its `_id` alone; null: it is
 * another key. Such a key has one field, `id`, with `_id` as a text of extended JSON: `{"$oid": "…"}`,
 * `"A-1"`, `1004`. Source: Debezium documentation, MongoDB connector, "Change event keys".
 */
export function documentOfKey(key: Fields): Fields | null {
  const { id, ...others } = key;
  if (typeof id !== 'string' || Object.keys(others).length > 0) return null;
  try {
    return { _id: parseExtendedJson(id) };
  } catch (error) {
    if (error instanceof RecordError) return null;
    throw error;
  }
}

/** How extended JSON of an object or a text begins; a number may as well be a text that is a key. */
const sureStart = /^[{"]/;

/** Like `documentOfKey`, but null for a key that a table may have too: one whose id is a number or `true`. */
export function sureDocumentOfKey(key: Fields): Fields | null {
  const { id } = key;
  return typeof id === 'string' && sureStart.test(id) ? documentOfKey(key) : null;
}
