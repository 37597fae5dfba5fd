import type { Config } from '../config.ts';
import type { Row } from '../decode/row.ts';
import { RecordError } from '../errors.ts';
import { type Errant, errantOf } from '../kafka/errant.ts';
import type { KafkaRecord, RecordOrigin } from '../kafka/record.ts';
import type { FieldMap } from '../settings.ts';

/** Records by whether they have a value, and what becomes of those that have none. */
export interface SortedTombstones {
  /** Those with a value. */
  readonly valued: readonly KafkaRecord[];
  /** Deletions by the record's key. */
  readonly rows: readonly Row[];
  readonly errants: readonly Errant[];
  /** Passed over on purpose. */
  readonly skipped: readonly RecordOrigin[];
}

const id = /^[a-zA-Z0-9]{15}(?:[a-zA-Z0-9]{3})?$/;

/**
 * Finds the id in a key: plain, as a JSON string, or under `Id` of an object or an envelope, by the
 * name that it has after `FIELD_MAP`.
 */
function idIn(value: unknown, map: FieldMap): string | null {
  if (typeof value === 'string') return id.test(value.trim()) ? value.trim() : null;
  if (typeof value !== 'object' || value === null) return null;
  const fields = value as Record<string, unknown>;
  if (Object.hasOwn(fields, 'schema') && Object.hasOwn(fields, 'payload')) {
    return idIn(fields['payload'], map);
  }
  const isId = (name: string) => (map.get(name) ?? name).toLowerCase() === 'id';
  const found = Object.entries(fields).find(([name]) => isId(name))?.[1];
  return typeof found === 'string' ? idIn(found, map) : null;
}

function idOfKey(key: Buffer | null, map: FieldMap): string | null {
  const text = key?.toString('utf8').trim() ?? '';
  if (id.test(text)) return text;
  try {
    return idIn(JSON.parse(text), map);
  } catch {
    return null;
  }
}

function deletion(record: KafkaRecord, map: FieldMap): Row {
  const found = idOfKey(record.key, map);
  if (found !== null) return { record, fields: { Id: found } };
  throw new RecordError(
    'KEY_NOT_ID',
    'the record has no value, and its key holds no Salesforce id',
  );
}

/**
 * Sorts out the records without a value. For `delete` and `hardDelete` each deletes the row whose
 * id is its key; otherwise `TOMBSTONES` says whether it is errant or passed over.
 */
export function sortTombstones(
  records: readonly KafkaRecord[],
  { operation, tombstones, fieldMap }: Pick<Config, 'operation' | 'tombstones' | 'fieldMap'>,
): SortedTombstones {
  const valued = records.filter(({ value }) => value !== null);
  const bare = records.filter(({ value }) => value === null);
  const deletes = operation === 'delete' || operation === 'hardDelete';
  if (!deletes && tombstones === 'skip') return { valued, rows: [], errants: [], skipped: bare };
  const rows: Row[] = [];
  const errants: Errant[] = [];
  for (const record of bare) {
    try {
      if (!deletes) {
        throw new RecordError('TOMBSTONE', `the record has no value, and ${operation} needs one`);
      }
      rows.push(deletion(record, fieldMap));
    } catch (error) {
      errants.push(errantOf(record, 'shape', error));
    }
  }
  return { valued, rows, errants, skipped: [] };
}
