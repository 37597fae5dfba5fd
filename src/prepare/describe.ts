import type { Config } from '../config/config.ts';
import { type DecodedRecord, isFields } from '../decode/decoded-record.ts';
import { SinkError } from '../errors.ts';
import { type DescribedObject, hasRefusedColumn, parentObjects } from '../object/fit-rows.ts';
import type { Org } from '../salesforce/org.ts';

/** A description that refuses something is read again if it is older than this, in milliseconds. */
const staleAfterMs = 60_000;

/** What Salesforce says of the object and of those that its lookups refer to. Throws `OBJECT_INVALID`. */
export async function describe(
  names: readonly string[],
  org: Org,
  maxAgeMs?: number,
): Promise<DescribedObject> {
  const object = await org.describe(maxAgeMs);
  const parents = await org.describeParents(parentObjects(names, object), maxAgeMs);
  return { object, parents };
}

/** The description; one that refuses something and is old is read again first. */
async function describeFresh(names: readonly string[], org: Org, config: Config) {
  const known = await describe(names, org);
  const isStale = hasRefusedColumn(names, { ...config, ...known });
  return isStale ? describe(names, org, staleAfterMs) : known;
}

/** The description, or null where the run-as user may not read it and something else can be done. */
export async function describeIfAllowed(names: readonly string[], org: Org, config: Config) {
  try {
    return await describeFresh(names, org, config);
  } catch (error) {
    if (error instanceof SinkError && error.code === 'OBJECT_INVALID') return null;
    throw error;
  }
}

/** What the columns of rows are called, those of fields that may yet be left out among them. */
export function namesOf(decoded: readonly DecodedRecord[]): string[] {
  const names = new Set<string>();
  for (const { fields } of decoded) {
    for (const name of Object.keys(fields)) {
      const value = fields[name];
      if (isFields(value)) for (const inner of Object.keys(value)) names.add(`${name}.${inner}`);
      else names.add(name);
    }
  }
  return [...names];
}
