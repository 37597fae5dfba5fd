import { SinkError } from '../../errors.ts';
import type { KeyText } from '../../rows/key.ts';
import type { Client } from '../session/client.ts';
import { type FoundRow, runQuery } from './query.ts';
import { type KeyedObject, type KeyQuery, queriesFor, queryFor } from './soql.ts';

/** The ids of the rows that have a key: none, one, or several if the field is not unique. */
export type RowIds = ReadonlyMap<string, readonly string[]>;

/** What rows are looked up in, and how Salesforce compares their keys. */
export interface Lookup extends KeyedObject {
  readonly keyText: KeyText;
}

/** What `findRows` works with. */
export interface LookupParts {
  readonly client: Client;
  readonly apiVersion: string;
}

/** Whether Salesforce refuses this query, rather than the API or its version. */
const isOfLookup = ({ code, status, errorCode }: SinkError): boolean =>
  code === 'SALESFORCE_REFUSED' && status === 400 && errorCode !== null;

function withRemedy(error: unknown, { object, field }: KeyedObject): unknown {
  if (!(error instanceof SinkError && isOfLookup(error))) return error;
  const reason = [error.status, error.errorCode].filter((part) => part !== null).join(' ');
  return new SinkError(
    'OBJECT_INVALID',
    `Rows of ${object} to delete could not be looked up by ${field}: Salesforce refused the query (${reason}). The run-as user needs read access to the object and the field.`,
    { cause: error, errorCode: error.errorCode, status: error.status },
  );
}

/** The rows by key; null if a row has none of these keys as far as can be told. */
function byKey(keys: readonly string[], found: readonly FoundRow[], { keyText }: Lookup) {
  const keyOf = new Map(keys.map((key) => [keyText(key).group, key] as const));
  const ids = new Map<string, string[]>(keys.map((key) => [key, []]));
  for (const row of found) {
    const key = keys.length === 1 ? keys[0] : keyOf.get(keyText(row.key).group);
    if (key === undefined) return null;
    ids.get(key)?.push(row.id);
  }
  return ids;
}

/** Whether a query does not fit into a request: a server or a proxy between has other limits. */
const isTooLong = (error: unknown): boolean =>
  error instanceof SinkError && (error.status === 414 || error.status === 431);

/** The rows of a query; null if it must be halved. */
async function rowsOf(
  { keys, encoded }: KeyQuery,
  { client, apiVersion }: LookupParts,
  lookup: Lookup,
) {
  const path = `/services/data/${apiVersion}/query?q=${encoded}`;
  try {
    return byKey(keys, await runQuery(client, { path, field: lookup.field }), lookup);
  } catch (error) {
    if (isTooLong(error) && keys.length > 1) return null;
    throw error;
  }
}

/**
 * Runs a query; halves it if it is too long for a server on the way, or if Salesforce finds a row by a
 * comparison that the function does not know.
 */
async function idsOf(query: KeyQuery, parts: LookupParts, lookup: Lookup): Promise<RowIds> {
  const { keys } = query;
  const ids = await rowsOf(query, parts, lookup);
  if (ids !== null) return ids;
  const middle = Math.ceil(keys.length / 2);
  const halves: RowIds[] = [];
  for (const half of [keys.slice(0, middle), keys.slice(middle)]) {
    halves.push(await idsOf(queryFor(half, lookup), parts, lookup));
  }
  return new Map(halves.flatMap((half) => [...half]));
}

/**
 * Finds the ids of rows by their keys, which must differ to Salesforce. Throws `OBJECT_INVALID` when
 * Salesforce refuses the query, and as `Client.call` does.
 */
export async function findRows(
  keys: readonly string[],
  parts: LookupParts,
  lookup: Lookup,
): Promise<RowIds> {
  const found: RowIds[] = [];
  try {
    for (const query of queriesFor(keys, lookup)) found.push(await idsOf(query, parts, lookup));
  } catch (error) {
    throw withRemedy(error, lookup);
  }
  return new Map(found.flatMap((one) => [...one]));
}
