import { type FieldMap, otherFields } from '../config/field-map.ts';
import {
  type DecodedRecord,
  type Fields,
  type FieldValue,
  isFields,
} from '../decode/decoded-record.ts';
import { quotedName, RecordError } from '../record-error.ts';

type Entry = [name: string, value: FieldValue];

/** Tells whether a field that the map does not name is left out. */
const omitsOthers = (map: FieldMap): boolean => map.get(otherFields) === null;

/** For each prefix of a path in the map, such as `acct` of `acct.key`, the targets of its paths. */
type TargetsByPrefix = ReadonlyMap<string, readonly (string | null)[]>;

/** Cached for each map: settings hold one, and it is needed for each field of each record. */
const cache = new WeakMap<FieldMap, TargetsByPrefix>();

function targetsByPrefix(map: FieldMap): TargetsByPrefix {
  const cached = cache.get(map);
  if (cached !== undefined) return cached;
  const byPrefix = new Map<string, (string | null)[]>();
  for (const [path, target] of map) {
    for (let dot = path.indexOf('.'); dot !== -1; dot = path.indexOf('.', dot + 1)) {
      const prefix = path.slice(0, dot);
      const targets = byPrefix.get(prefix);
      if (targets === undefined) byPrefix.set(prefix, [target]);
      else targets.push(target);
    }
  }
  cache.set(map, byPrefix);
  return byPrefix;
}

/** Tells whether the map names fields of a relationship. */
export const namesBelow = (name: string, map: FieldMap): boolean => targetsByPrefix(map).has(name);

/** Maps a null relationship to nulls of its mapped fields; empty when the map names none. */
function mapNullRelationship(name: string, map: FieldMap): Entry[] {
  const targets = targetsByPrefix(map).get(name) ?? [];
  return targets.flatMap((target): Entry[] => (target === null ? [] : [[target, null]]));
}

/** The fields of an object: what the map leaves in it, and what it takes out. */
interface Split {
  readonly kept: readonly Entry[];
  readonly moved: readonly Entry[];
}

/** How the fields of an object are mapped. */
interface SplitSettings {
  readonly map: FieldMap;
  /** Whether fields that the map does not name are left out. */
  readonly omits: boolean;
}

/** A field of an object: its name there, and its path. */
interface Place {
  readonly name: string;
  readonly path: string;
}

/** Splits an object of which the map names fields by their path. */
function splitObject({ name, path }: Place, fields: Fields, settings: SplitSettings): Split {
  const { map, omits } = settings;
  const target = map.get(path) ?? null;
  const { kept, moved } = splitFields(path, fields, { map, omits: omits && target === null });
  if (kept.length === 0) return { kept, moved };
  const rest = Object.fromEntries(kept);
  return target === null
    ? { kept: [[name, rest]], moved }
    : { kept: [], moved: [[target, rest], ...moved] };
}

/** Splits a field of an object. */
function splitField(place: Place, value: FieldValue, settings: SplitSettings): Split {
  const { map, omits } = settings;
  const target = map.get(place.path);
  const hasBelow = namesBelow(place.path, map);
  if (target === null) return { kept: [], moved: [] };
  if (hasBelow && isFields(value)) return splitObject(place, value, settings);
  if (target !== undefined) return { kept: [], moved: [[target, value]] };
  const nulls = value === null ? mapNullRelationship(place.path, map) : [];
  if (nulls.length > 0) return { kept: [], moved: nulls };
  // A value in place of an object is not left out, as in `mapField`.
  return { kept: omits && !hasBelow ? [] : [[place.name, value]], moved: [] };
}

/** Splits the fields of an object, which the map names by path. */
function splitFields(path: string, fields: Fields, settings: SplitSettings): Split {
  const splits = Object.entries(fields).map(([name, value]) =>
    splitField({ name, path: `${path}.${name}` }, value, settings),
  );
  return {
    kept: splits.flatMap(({ kept }) => kept),
    moved: splits.flatMap(({ moved }) => moved),
  };
}

/** Maps a relationship and its fields. */
function mapRelationship(name: string, fields: Fields, map: FieldMap): Entry[] {
  const target = map.get(name) ?? null;
  const omits = omitsOthers(map) && target === null;
  const { kept, moved } = splitFields(name, fields, { map, omits });
  // A relationship that the record sends empty stays.
  const isLeftOut = kept.length === 0 && (omits || Object.keys(fields).length > 0);
  return isLeftOut ? [...moved] : [[target ?? name, Object.fromEntries(kept)], ...moved];
}

function mapField(name: string, value: FieldValue, map: FieldMap): Entry[] {
  const target = map.get(name);
  if (target === null) return [];
  if (isFields(value)) return mapRelationship(name, value, map);
  if (target !== undefined) return [[target, value]];
  if (!namesBelow(name, map)) return omitsOthers(map) ? [] : [[name, value]];
  // A value in place of a relationship is not left out: its record would lack the mapped fields.
  const nulls = value === null ? mapNullRelationship(name, map) : [];
  return nulls.length > 0 ? nulls : [[name, value]];
}

/**
 * Renames and omits fields by `FIELD_MAP`: `mail` to `Email`, `acct` to `Account`, `acct.key` to
 * `Account.Ext__c`; fields mapped to null are omitted, and with `*` mapped to null all that it does
 * not name. Throws the record error `FIELD_REPEATED` when two fields get the same name.
 */
export function mapFields(record: DecodedRecord, map: FieldMap): DecodedRecord {
  const entries = Object.entries(record.fields).flatMap(([name, value]) =>
    mapField(name, value, map),
  );
  const names = new Set<string>();
  for (const [name] of entries) {
    if (names.has(name)) {
      throw new RecordError(
        'FIELD_REPEATED',
        `${quotedName(name)} is the name of two fields after FIELD_MAP; map one of them to null`,
      );
    }
    names.add(name);
  }
  return { ...record, fields: Object.fromEntries(entries) };
}
