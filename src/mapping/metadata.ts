import type { FieldMap } from '../config/field-map.ts';
import type { DecodedRecord, Fields } from '../decode/decoded-record.ts';
import { RecordError } from '../record-error.ts';
import { namesBelow } from './field-map.ts';

/** Prefix of the fields that Debezium's transforms add: `__op`, `__source_ts_ms`. */
const prefix = '__';

function hasPrefix(fields: Fields): boolean {
  for (const name in fields) if (name.startsWith(prefix)) return true;
  return false;
}

const isNamed = (name: string, map: FieldMap): boolean => map.has(name) || namesBelow(name, map);

/**
 * Omits the fields that describe the change event, whose names begin with two underscores, unless
 * `FIELD_MAP` names them. No Salesforce field has such a name. Throws the record error
 * `VALUE_WITHOUT_FIELDS` when no other field remains.
 */
export function withoutMetadata(record: DecodedRecord, map: FieldMap): DecodedRecord {
  if (!hasPrefix(record.fields)) return record;
  const isMetadata = (name: string) => name.startsWith(prefix) && !isNamed(name, map);
  const kept = Object.entries(record.fields).filter(([name]) => !isMetadata(name));
  if (kept.length === 0) {
    throw new RecordError(
      'VALUE_WITHOUT_FIELDS',
      'all fields of the value begin with two underscores, and such fields are not written; name those to write in FIELD_MAP',
    );
  }
  return { ...record, fields: Object.fromEntries(kept) };
}
