import type { FieldMap } from '../config/settings.ts';
import type { DecodedRecord } from '../decode/decoded-record.ts';
import { RecordError } from '../errors.ts';

/** How Debezium's transforms begin the names of what they add to a row: `__op`, `__source_ts_ms`. */
const prefix = '__';

const isNamed = (name: string, map: FieldMap): boolean =>
  map.has(name) || map.keys().some((path) => path.startsWith(`${name}.`));

/**
 * Leaves out the fields that tell of a change and not of its row: those whose names begin with two
 * underscores, as no name of Salesforce does. One that `FIELD_MAP` names stays. Throws the record
 * error `VALUE_WITHOUT_FIELDS` when there is no other field.
 */
export function withoutMetadata(row: DecodedRecord, map: FieldMap): DecodedRecord {
  const isLeftOut = (name: string) => name.startsWith(prefix) && !isNamed(name, map);
  if (!Object.keys(row.fields).some(isLeftOut)) return row;
  const kept = Object.entries(row.fields).filter(([name]) => !isLeftOut(name));
  if (kept.length === 0) {
    throw new RecordError(
      'VALUE_WITHOUT_FIELDS',
      'the value has no fields but those that begin with two underscores, which are left out',
    );
  }
  return { ...row, fields: Object.fromEntries(kept) };
}
