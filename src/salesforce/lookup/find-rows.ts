import { SinkError } from '../../errors.ts';
import type { KeyText } from '../../rows/key.ts';
import type { Client } from '../session/client.ts';
import { type FoundRow, runQuery } from './query.ts';
import { type KeyedObject, type KeyQuery, queriesFor, queryFor } from './soql.ts';

/** The rows that have a key: none, one, or several if the field is not unique. */
export type RowsByKey = ReadonlyMap<string, readonly FoundRow[]>;

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

function withRemedy(error: unknown, { object, field, withWriteTime }: KeyedObject): unknown {
  if (!(error instanceof SinkError && isOfLookup(error))) return error;
  const [purpose, fields, otherwise] =
    withWriteTime === true
      ? [
          'to compare with replayed records',
          'the fields Id, SystemModstamp and that field',
          ' Or replay with --force, without the comparison.',
        ]
      : ['to delete', 'the field', ''];
  const reason = [error.status, error.errorCode].filter((part) => part !== null).join(' ');
  return new SinkError(
    'OBJECT_INVALID',
    `Rows of ${object} ${purpose} could not be looked up by ${field}: Salesforce refused the query (${reason}). The run-as user needs read access to the object and ${fields}.${otherwise}`,
    { cause: error, errorCode: error.errorCode, status: error.status },
  );
}

/** The rows by key; null if a row has none of these keys as far as can be told. */
function byKey(keys: readonly string[], found: readonly FoundRow[], { keyText }: Lookup) {
  const keyOf = new Map(keys.map((key) => [keyText(key).group, key] as const));
  const rows = new Map<string, FoundRow[]>(keys.map((key) => [key, []]));
  for (const row of found) {
    const key = keys.length === 1 ? keys[0] : keyOf.get(keyText(row.key).group);
    if (key === undefined) return null;
    rows.get(key)?.push(row);
  }
  return rows;
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
  const resource = lookup.withBin === true ? 'queryAll' : 'query';
  const path = `/services/data/${apiVersion}/${resource}?q=${encoded}`;
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
async function allRowsOf(query: KeyQuery, parts: LookupParts, lookup: Lookup): Promise<RowsByKey> {
  const { keys } = query;
  const rows = await rowsOf(query, parts, lookup);
  if (rows !== null) return rows;
  const middle = Math.ceil(keys.length / 2);
  const halves: RowsByKey[] = [];
  for (const half of [keys.slice(0, middle), keys.slice(middle)]) {
    halves.push(await allRowsOf(queryFor(half, lookup), parts, lookup));
  }
  return new Map(halves.flatMap((half) => [...half]));
}

/**
 * Finds rows by their keys, which must differ to Salesforce. Throws `OBJECT_INVALID` when
 * Salesforce refuses the query, and as `Client.call` does.
 */
export async function findRows(
  keys: readonly string[],
  parts: LookupParts,
  lookup: Lookup,
): Promise<RowsByKey> {
  const found: RowsByKey[] = [];
  try {
    for (const query of queriesFor(keys, lookup)) {
      found.push(await allRowsOf(query, parts, lookup));
    }
  } catch (error) {
    throw withRemedy(error, lookup);
  }
  return new Map(found.flatMap((one) => [...one]));
}
