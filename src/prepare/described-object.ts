import type { Config } from '../config/config.ts';
import { type DecodedRecord, type Fields, isFields } from '../decode/decoded-record.ts';
import { SinkError } from '../errors.ts';
import { type DescribedObject, hasRefusedColumn, parentObjects } from '../object/check-rows.ts';
import type { Org } from '../salesforce/org.ts';

/** Age, in milliseconds, from which a description is read again before it may refuse a field. */
const staleAfterMs = 60_000;

/**
 * The descriptions of the object and of the parents that its lookups name. Throws as `Org.describe`
 * does.
 */
export async function describeWithParents(
  names: readonly string[],
  org: Org,
  maxAgeMs?: number,
): Promise<DescribedObject> {
  const object = await org.describe(maxAgeMs);
  const parents = await org.describeParents(parentObjects(names, object), maxAgeMs);
  return { object, parents };
}

/** The description; one that would refuse a field is read again first if it is old. */
async function describeFresh(names: readonly string[], org: Org, config: Config) {
  const cached = await describeWithParents(names, org);
  const isStale = hasRefusedColumn(names, { ...config, ...cached });
  return isStale ? describeWithParents(names, org, staleAfterMs) : cached;
}

/**
 * The descriptions, or null if the run-as user may not read that of the object. Throws as `Client.call`
 * does.
 */
export async function describeWithParentsIfAllowed(
  names: readonly string[],
  org: Org,
  config: Config,
) {
  try {
    return await describeFresh(names, org, config);
  } catch (error) {
    if (error instanceof SinkError && error.code === 'OBJECT_INVALID') return null;
    throw error;
  }
}

/** Adds the columns of an object, which is a relationship. */
function addRelationship(names: Set<string>, name: string, fields: Fields): void {
  for (const inner of Object.keys(fields)) names.add(`${name}.${inner}`);
}

/** The column names of decoded records, including fields that may be left out later. */
export function columnNamesOf(decoded: readonly DecodedRecord[]): string[] {
  const names = new Set<string>();
  // The last name at each place: most records have the fields of the one before.
  const last: string[] = [];
  for (const { fields } of decoded) {
    let place = 0;
    for (const name in fields) {
      const value = fields[name];
      if (typeof value === 'object' && isFields(value)) addRelationship(names, name, value);
      else if (last[place] !== name) {
        names.add(name);
        last[place] = name;
      }
      place++;
    }
  }
  return [...names];
}
