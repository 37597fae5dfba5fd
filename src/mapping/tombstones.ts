import type { Config } from '../config/config.ts';
import type { FieldMap } from '../config/settings.ts';
import {
  type DecodedRecord,
  type FieldValue,
  isFields,
  type Tombstone,
} from '../decode/decoded-record.ts';
import { RecordError } from '../errors.ts';
import { type ErrantRecord, toErrantRecord } from '../kafka/errant-record.ts';
import type { RecordOrigin } from '../kafka/record.ts';

/** What becomes of tombstones. */
export interface SortedTombstones {
  /** Deletions, each by the id of its row. */
  readonly records: readonly DecodedRecord[];
  readonly errants: readonly ErrantRecord[];
  /** Passed over on purpose. */
  readonly skipped: readonly RecordOrigin[];
}

const id = /^[a-zA-Z0-9]{15}(?:[a-zA-Z0-9]{3})?$/;

/** Whether a field is the id, by the name that it has after `FIELD_MAP`. */
function isId(name: string, map: FieldMap): boolean {
  const target = map.get(name);
  return (target === undefined ? name : target)?.toLowerCase() === 'id';
}

/** Finds an id: a text, or the field of an object that is the id. */
function idIn(value: FieldValue, map: FieldMap): string | null {
  if (typeof value === 'string') return id.test(value.trim()) ? value.trim() : null;
  if (!isFields(value)) return null;
  const ids = Object.entries(value).flatMap(([name, given]) =>
    typeof given === 'string' && isId(name, map) ? [idIn(given, map)] : [],
  );
  return ids.find((found) => found !== null) ?? null;
}

/** Finds the id in the key; what makes the key unreadable is a reason of its own. */
function idOfKey({ fields, key }: Tombstone, map: FieldMap): string {
  const what = fields === null ? 'the record has no value' : 'the record has no Salesforce id';
  let why = 'its key holds no Salesforce id';
  try {
    const found = idIn(key(), map);
    if (found !== null) return found;
  } catch (error) {
    if (!(error instanceof RecordError)) throw error;
    why = `its key cannot be read: ${error.reason}`;
  }
  throw new RecordError('KEY_NOT_ID', `${what}, and ${why}`);
}

function deletion(tombstone: Tombstone, map: FieldMap): DecodedRecord {
  const { record, fields } = tombstone;
  return { record, fields: { Id: idIn(fields, map) ?? idOfKey(tombstone, map) } };
}

const needless = ({ fields }: Tombstone, operation: Config['operation']): RecordError =>
  new RecordError(
    'TOMBSTONE',
    fields === null
      ? `the record has no value, and ${operation} needs one`
      : `the record is a delete ("__deleted" is true), and ${operation} deletes nothing`,
  );

/**
 * Says what becomes of tombstones. For `delete` and `hardDelete` each deletes the row whose id is in
 * its fields or its key; otherwise `TOMBSTONES` says whether it is errant or passed over.
 */
export function sortTombstones(
  given: readonly Tombstone[],
  { operation, tombstones, fieldMap }: Pick<Config, 'operation' | 'tombstones' | 'fieldMap'>,
): SortedTombstones {
  const deletes = operation === 'delete' || operation === 'hardDelete';
  if (!deletes && tombstones === 'skip') {
    return { records: [], errants: [], skipped: given.map(({ record }) => record) };
  }
  const rows: DecodedRecord[] = [];
  const errants: ErrantRecord[] = [];
  for (const tombstone of given) {
    try {
      if (!deletes) throw needless(tombstone, operation);
      rows.push(deletion(tombstone, fieldMap));
    } catch (error) {
      errants.push(toErrantRecord(tombstone.record, 'shape', error));
    }
  }
  return { records: rows, errants, skipped: [] };
}
