import type { FieldMap } from '../config/settings.ts';
import {
  type DecodedRecord,
  type Fields,
  type FieldValue,
  isFields,
} from '../decode/decoded-record.ts';
import { RecordError, shown } from '../errors.ts';

type Entry = [name: string, value: FieldValue];

/** A relationship's fields under their new names: the map names them by their path. */
function mappedInside(name: string, fields: Fields, map: FieldMap): Entry[] {
  const newName = map.get(name) ?? name;
  const kept: Entry[] = [];
  const moved: Entry[] = [];
  for (const [inner, value] of Object.entries(fields)) {
    const target = map.get(`${name}.${inner}`);
    if (target === undefined) kept.push([inner, value]);
    else if (target !== null) moved.push([target, value]);
  }
  const isEmpty = kept.length === 0 && Object.keys(fields).length > 0;
  const rest: Entry[] = isEmpty ? [] : [[newName, Object.fromEntries(kept)]];
  return [...rest, ...moved];
}

/** The new names of what an object that is null would have held; none: the map knows of no such object. */
function mappedNulls(name: string, map: FieldMap): Entry[] {
  const inside = [...map].filter(([path]) => path.startsWith(`${name}.`));
  return inside.flatMap(([, target]): Entry[] => (target === null ? [] : [[target, null]]));
}

function mappedField(name: string, value: FieldValue, map: FieldMap): Entry[] {
  const target = map.get(name);
  if (target === null) return [];
  if (isFields(value)) return mappedInside(name, value, map);
  const nulls = value === null && target === undefined ? mappedNulls(name, map) : [];
  return nulls.length > 0 ? nulls : [[target ?? name, value]];
}

/**
 * Renames fields and leaves fields out by `FIELD_MAP`: `mail` to `Email`, `acct` to `Account`,
 * `acct.key` to `Account.Ext__c`, anything to null. Throws the record error `FIELD_REPEATED` when
 * two fields get one name.
 */
export function mapFields(row: DecodedRecord, map: FieldMap): DecodedRecord {
  const entries = Object.entries(row.fields).flatMap(([name, value]) =>
    mappedField(name, value, map),
  );
  const names = new Set<string>();
  for (const [name] of entries) {
    if (names.has(name)) {
      throw new RecordError('FIELD_REPEATED', `${shown(name)} comes twice, by FIELD_MAP`);
    }
    names.add(name);
  }
  return { ...row, fields: Object.fromEntries(entries) };
}
