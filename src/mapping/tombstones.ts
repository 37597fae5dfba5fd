import type { Config } from '../config/config.ts';
import type { FieldMap } from '../config/field-map.ts';
import { isDelete } from '../config/settings.ts';
import {
  type DecodedRecord,
  type FieldValue,
  isFields,
  type Tombstone,
} from '../decode/decoded-record.ts';
import { type ErrantRecord, toErrantRecord } from '../kafka/errant-record.ts';
import type { RecordOrigin } from '../kafka/record.ts';
import { RecordError } from '../record-error.ts';

/** The tombstones of a batch. Each is in exactly one of the lists. */
export interface SortedTombstones {
  /** Deletes, each with the id of its row as its only field. */
  readonly records: readonly DecodedRecord[];
  readonly errants: readonly ErrantRecord[];
  /** Skipped with `TOMBSTONES=skip`. */
  readonly skipped: readonly RecordOrigin[];
}

const id = /^[a-zA-Z0-9]{15}(?:[a-zA-Z0-9]{3})?$/;

/** Tells whether a field is named `Id` after `FIELD_MAP`. */
function isId(name: string, map: FieldMap): boolean {
  const target = map.get(name);
  return (target === undefined ? name : target)?.toLowerCase() === 'id';
}

/** Finds an id: the value itself, or the id field of an object; null when there is none. */
function idIn(value: FieldValue, map: FieldMap): string | null {
  if (typeof value === 'string') return id.test(value.trim()) ? value.trim() : null;
  if (!isFields(value)) return null;
  const ids = Object.entries(value).flatMap(([name, field]) =>
    typeof field === 'string' && isId(name, map) ? [idIn(field, map)] : [],
  );
  return ids.find((found) => found !== null) ?? null;
}

/**
 * Finds the id in the key. Throws the record error `KEY_NOT_ID`, with the reason when the key
 * cannot be read.
 */
function idOfKey({ fields, cause, key }: Tombstone, map: FieldMap): string {
  const missing = fields === null ? cause : 'the record has no Salesforce id';
  let problem = 'its key is not a Salesforce id';
  try {
    const found = idIn(key(), map);
    if (found !== null) return found;
  } catch (error) {
    if (!(error instanceof RecordError)) throw error;
    problem = `its key cannot be read: ${error.reason}`;
  }
  throw new RecordError('KEY_NOT_ID', `${missing}, and ${problem}`);
}

function deleteOf(tombstone: Tombstone, map: FieldMap): DecodedRecord {
  const { record, fields } = tombstone;
  return { record, fields: { Id: idIn(fields, map) ?? idOfKey(tombstone, map) } };
}

const tombstoneError = ({ cause }: Tombstone, operation: Config['operation']): RecordError =>
  new RecordError('TOMBSTONE', `${cause}, and ${operation} does not delete`);

/**
 * Sorts tombstones. With `delete` and `hardDelete` each deletes the row whose id is in its fields
 * or its key; otherwise it is errant or skipped, as `TOMBSTONES` says.
 */
export function sortTombstones(
  batch: readonly Tombstone[],
  { operation, tombstones, fieldMap }: Pick<Config, 'operation' | 'tombstones' | 'fieldMap'>,
): SortedTombstones {
  const deletes = isDelete(operation);
  if (!deletes && tombstones === 'skip') {
    return { records: [], errants: [], skipped: batch.map(({ record }) => record) };
  }
  const records: DecodedRecord[] = [];
  const errants: ErrantRecord[] = [];
  for (const tombstone of batch) {
    try {
      if (!deletes) throw tombstoneError(tombstone, operation);
      records.push(deleteOf(tombstone, fieldMap));
    } catch (error) {
      errants.push(toErrantRecord(tombstone.record, 'mapping', error));
    }
  }
  return { records, errants, skipped: [] };
}
