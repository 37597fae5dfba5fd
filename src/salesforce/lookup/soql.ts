/** The field that identifies rows, and the object that has it. */
export interface KeyedObject {
  readonly object: string;
  readonly field: string;
  /** Whether the field is a number, whose values are not quoted in SOQL. */
  readonly isNumber: boolean;
  /** Whether it is asked when each row was last written. */
  readonly withWriteTime?: boolean;
  /** Whether rows in the recycle bin are found too. */
  readonly withBin?: boolean;
}

/**
 * Maximum number of bytes of a query in a URL. Salesforce takes 16,384 for the URI and all headers,
 * of which the access token can be two thousand. Source: REST API developer guide, "Request Size
 * Limits".
 */
const maxQueryBytes = 12_000;

/** The characters that a text in SOQL must escape. Source: SOQL reference, "Quoted String Escape Sequences". */
const escapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  "'": "\\'",
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
};

const literalOf = (key: string, { isNumber }: KeyedObject): string =>
  isNumber ? key : `'${key.replace(/[\\'\n\r\t\b\f]/g, (character) => escapes[character] ?? '')}'`;

/** The query for the rows with one of these keys. */
function queryOf(literals: readonly string[], keyed: KeyedObject): string {
  const { object, field, withWriteTime = false } = keyed;
  const columns = withWriteTime ? ['Id', 'SystemModstamp'] : ['Id'];
  // A query may not select a field twice.
  if (field.toLowerCase() !== 'id') columns.push(field);
  return `SELECT ${columns.join(', ')} FROM ${object} WHERE ${field} IN (${literals.join(',')})`;
}

/** Keys that one query asks for, and the query, URL-encoded. */
export interface KeyQuery {
  readonly keys: readonly string[];
  readonly encoded: string;
}

/** URL-encodes a query as it is sent: a URL's query also encodes the quote. Source: WHATWG URL, 1.3. */
export const encodedQuery = (text: string): string =>
  encodeURIComponent(text).replaceAll("'", '%27');

/** Creates one query for these keys, however long it is. */
export function queryFor(keys: readonly string[], keyed: KeyedObject): KeyQuery {
  const literals = keys.map((key) => literalOf(key, keyed));
  return { keys, encoded: encodedQuery(queryOf(literals, keyed)) };
}

/** Creates as few queries for these keys as fit into URLs. Numbers must be plain digits. */
export function queriesFor(keys: readonly string[], keyed: KeyedObject): KeyQuery[] {
  const empty = encodedQuery(queryOf([], keyed)).length;
  const groups: string[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const key of keys) {
    const size = encodedQuery(`${literalOf(key, keyed)},`).length;
    if (bytes + size > maxQueryBytes) {
      groups.push([]);
      bytes = empty;
    }
    groups.at(-1)?.push(key);
    bytes += size;
  }
  return groups.map((group) => queryFor(group, keyed));
}
