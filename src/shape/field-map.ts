import { type Fields, type FieldValue, isFields, type Row } from '../decode/row.ts';
import type { FieldMap } from '../settings.ts';

/** A relationship's fields under their new names: the map names them by their path. */
function mappedInside(name: string, fields: Fields, map: FieldMap): [string, FieldValue][] {
  const newName = map.get(name) ?? name;
  const kept: [string, FieldValue][] = [];
  const moved: [string, FieldValue][] = [];
  for (const [inner, value] of Object.entries(fields)) {
    const target = map.get(`${name}.${inner}`);
    if (target === undefined) kept.push([inner, value]);
    else if (target !== null) moved.push([target, value]);
  }
  const rest: [string, FieldValue][] =
    kept.length > 0 || moved.length === 0 ? [[newName, Object.fromEntries(kept)]] : [];
  return [...rest, ...moved];
}

/**
 * Renames fields and leaves fields out by `FIELD_MAP`: `mail` to `Email`, `acct` to `Account`,
 * `acct.key` to `Account.Ext__c`, anything to null.
 */
export function mapFields(row: Row, map: FieldMap): Row {
  if (map.size === 0) return row;
  const entries = Object.entries(row.fields).flatMap(([name, value]): [string, FieldValue][] => {
    if (map.get(name) === null) return [];
    if (isFields(value)) return mappedInside(name, value, map);
    return [[map.get(name) ?? name, value]];
  });
  return { ...row, fields: Object.fromEntries(entries) };
}
